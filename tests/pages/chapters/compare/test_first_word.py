from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from pages._chapters.compare import computed, first_word
from pages._chapters.compare.first_word import Change
from pages._chapters.compare.networks import Runs
from rnn_core import contrasts, lineup

WORDS = ("今日", "は", "暑い")
FOUND = Change("昨日", {}, {}, {"rnn": 0.01, "lstm": 1.0, "gru": 0.6})


def runs(words: tuple[str, ...]) -> Runs:
    specs = {spec.cell: spec for spec in lineup.select_specs(lineup.equal_units(16))}
    return Runs(specs, {cell: computed.trace(spec, words) for cell, spec in specs.items()}, cut=False, step=0)


def test_the_first_word_alone_is_replaced(warm: None) -> None:
    found = first_word.change(runs(WORDS), "昨日")
    assert all(values.shape == (3,) and values[0] > 0 for values in found.gaps.values())
    assert {found.read[cell] for cell in lineup.NETWORKS if cell != "bidirectional"} == {
        float(values[-1]) for cell, values in found.gaps.items() if cell != "bidirectional"
    }
    same = first_word.change(runs(WORDS), "今日")
    assert not any(np.any(values) for values in same.gaps.values())
    assert not same.left


def test_the_bidirectional_network_does_not_lose_what_its_reply_reads(warm: None) -> None:
    case = contrasts.forgotten()
    found = first_word.change(runs(case.words), case.twin[0])
    gaps = found.gaps["bidirectional"]
    assert gaps[-1] / gaps[0] < 0.5 < found.left["bidirectional"], "at the last word alone it seems to have forgotten"


@pytest.mark.parametrize(
    ("guess", "said"),
    [
        ("lstm", "In the LSTM, 1 × of the change is left for the reply; nowhere is more left."),
        ("gru", "For the reply, 0.60 × of the change is left in the GRU, and 1 × in the LSTM."),
        ("rnn", "For the reply, 1/100 of the change is left in the RNN, and 1 × in the LSTM."),
    ],
)
def test_a_guess_is_judged_by_what_was_measured(guess: str, said: str) -> None:
    verdict = first_word.verdict(SimpleNamespace(lang="en"), FOUND, guess)
    assert said in verdict.replace("\N{NO-BREAK SPACE}", " ")
    assert ("verdict right" in verdict, "verdict near" in verdict) == (guess == "lstm", guess == "gru")


def test_a_guess_names_its_cell() -> None:
    assert [first_word.guessed(number) for number in first_word.options("ja")] == list(lineup.NETWORKS)
    assert first_word.guessed(None) is None
