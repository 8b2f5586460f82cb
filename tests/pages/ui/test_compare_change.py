from __future__ import annotations

import numpy as np

import rnn_core as rc
from pages._ui import compare_change
from pages._ui.compare_runs import Runs
from rnn_core.quantities import CELLS

WORDS = ("今日", "は", "暑い")


def test_the_first_word_alone_is_replaced(warm: None) -> None:
    traces = {cell: rc.run(rc.ModelSpec(cell=cell, hidden=8), WORDS) for cell in CELLS}
    found = compare_change.gaps(Runs(traces, cut=False, step=2), "昨日")
    assert all(values.shape == (3,) and values[0] > 0 for values in found.values())
    same = compare_change.gaps(Runs(traces, cut=False, step=2), "今日")
    assert not any(np.any(values) for values in same.values())


def test_a_guess_names_its_cell() -> None:
    assert [compare_change.guessed(number) for number in compare_change.options()] == list(CELLS)
    assert compare_change.guessed(None) is None
