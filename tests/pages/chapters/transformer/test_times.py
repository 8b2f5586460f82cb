from __future__ import annotations

import pytest

from pages._chapters.transformer.times import NEVER, judged, options, state
from rnn_core.messages import LANGUAGES
from rnn_core.models.timing import Point
from rnn_core.parallelism import LENGTHS
from rnn_core.stopwatch import Seen


def points(ours: float, theirs: float, lengths: tuple[int, ...] = LENGTHS) -> tuple[Point, ...]:
    """A Transformer that takes the same at any length, and a GRU that takes its time for each word."""
    pairs = ((words, ("gru", theirs * words), ("transformer", ours)) for words in lengths)
    return tuple(Point(cell, words, seconds, 0.0, 1.0, None) for words, *two in pairs for cell, seconds in two)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_length_can_be_guessed_and_never(lang: str) -> None:
    named = options(lang)
    assert list(named) == list(range(1, len(LENGTHS) + 2))
    assert [str(words) in name for words, name in zip(LENGTHS, named.values(), strict=False)] == [True] * len(LENGTHS)
    assert len(set(named.values())) == NEVER


@pytest.mark.parametrize(("ours", "measured"), [(0.05, 1), (0.5, 4), (5.0, 7), (6.0, NEVER)])
def test_a_guess_is_right_where_it_is_what_was_measured(ours: float, measured: int) -> None:
    for guess in options("en"):
        said = judged(guess, points(ours, 0.01), "en")
        assert (options("en")[measured] in said) is True
        assert said.startswith("Correct: ") == (guess == measured)


def test_without_both_networks_nothing_is_ahead() -> None:
    assert options("en")[NEVER] in judged(1, points(1, 1)[:1], "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_how_far_the_measurement_is(lang: str) -> None:
    said = {
        state(seen, lang)
        for seen in (
            Seen(),
            Seen(1, (), 28, running=True),
            Seen(1, (1, 2), 28, running=True, seconds=1.0),
            Seen(1, (1, 2), 28, stopped=True, seconds=1.0),
            Seen(1, tuple(range(28)), 28, seconds=9.0),
        )
    }
    assert len(said) == 5
    assert any("13" in one for one in said)
