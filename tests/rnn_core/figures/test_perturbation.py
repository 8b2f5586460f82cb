from __future__ import annotations

import numpy as np
import pytest

from rnn_core import KiokuError
from rnn_core.figures import Theme, perturbation
from rnn_core.figures.perturbation import longest
from tests.rnn_core.figures.cases import GLOSSES, LOOKS, WORDS, sound, traces, words

GAPS = {
    "rnn": np.array([1.0, 0.5, 0.2, 0.05, 0.02, 0.01]),
    "lstm": np.array([0.4, 0.4, 0.3, 0.3, 0.3, 0.2]),
    "gru": np.array([0.8, 0.5, 0.2, 0.1, 0.05, 0.04]),
}


def draw(gaps=GAPS, **options):
    tokens = words(len(gaps["rnn"]))
    return sound(perturbation(gaps, tokens, "昨日", **({"lang": "en", "theme": Theme()} | options)))


@pytest.mark.parametrize("theme", LOOKS)
def test_a_line_a_cell_on_one_axis(theme: Theme) -> None:
    made = draw(theme=theme, glosses=GLOSSES)
    lines = {trace["name"]: trace for trace in traces(made)}
    assert list(lines) == ["RNN", "LSTM", "GRU"]
    for cell, values in GAPS.items():
        np.testing.assert_array_equal(lines[cell.upper()]["customdata"], values)
    assert made.figure.layout.yaxis.type == "log"
    assert made.key == "difference"


def test_the_finding_says_what_is_left() -> None:
    finding = draw().finding
    assert "the change lasts longest in the LSTM (0.50 × after 5 words)." in finding
    assert "below 10% first in the RNN, after 2.5 words" in finding


def test_one_word_later_is_one_word() -> None:
    finding = draw({"rnn": np.array([1.0, 0.01]), "lstm": np.array([0.5, 0.6])}).finding
    assert "the change lasts longest in the LSTM (1.2 × after 1 word)." in finding


def test_where_nothing_falls_so_far_nothing_is_said_of_it() -> None:
    assert "10%" not in draw({"rnn": np.array([1.0, 0.5, 0.2, 0.2, 0.2, 0.2])}).finding


@pytest.mark.parametrize(("guess", "verdict"), [("lstm", "Correct: LSTM."), ("gru", "Not quite: your guess was GRU.")])
def test_a_guess_is_judged(guess: str, verdict: str) -> None:
    assert verdict in draw(guess=guess).finding


def test_zeros_lie_on_the_shelf_and_are_no_winner() -> None:
    none = {cell: np.zeros(6) for cell in GAPS}
    made = draw(none, guess="rnn")
    assert "no state changes." in made.finding
    assert [mark.glyph for mark in made.legend.marks][-1] == "○"
    assert longest(none) is None


def test_the_same_word_changes_nothing_and_says_so() -> None:
    made = perturbation({"rnn": np.zeros(6)}, WORDS, WORDS[0], lang="ja", theme=Theme())
    assert "何も変わらない" in made.finding


def test_one_word_has_one_distance() -> None:
    made = draw({cell: values[:1] for cell, values in GAPS.items()})
    assert "RNN 1.00" in made.finding


def test_sixty_words_fit() -> None:
    draw({cell: np.geomspace(1, 1e-7, 60) for cell in GAPS}, lang="ja")


def test_there_is_a_distance_a_word() -> None:
    with pytest.raises(KiokuError):
        perturbation(GAPS, WORDS[:2], "昨日", lang="ja", theme=Theme())
