from __future__ import annotations

import numpy as np

from pages._chapters.compare import computed, first_word
from pages._chapters.compare.networks import Runs
from rnn_core import lineup

WORDS = ("今日", "は", "暑い")


def test_the_first_word_alone_is_replaced(warm: None) -> None:
    specs = {spec.cell: spec for spec in lineup.select_specs(16, "units", 24, (16,))}
    traces = {cell: computed.trace(spec, WORDS) for cell, spec in specs.items()}
    found = first_word.gaps(Runs(specs, traces, cut=False, step=2), "昨日")
    assert all(values.shape == (3,) and values[0] > 0 for values in found.values())
    same = first_word.gaps(Runs(specs, traces, cut=False, step=2), "今日")
    assert not any(np.any(values) for values in same.values())


def test_a_guess_names_its_cell() -> None:
    assert [first_word.guessed(number) for number in first_word.options("ja")] == list(lineup.NETWORKS)
    assert first_word.guessed(None) is None
