from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages._chapters.transformer.guesses import NEVER, RIVALS, judged, options, words_of
from rnn_core.messages import LANGUAGES
from rnn_core.models.timing import Point
from rnn_core.parallelism import LENGTHS


def points(ours: float, theirs: float) -> tuple[Point, ...]:
    """A Transformer that takes the same at any length, and others that take their time for each word."""
    pairs = ((words, ("gru", theirs * words), ("lstm", theirs * words), ("transformer", ours)) for words in LENGTHS)
    return tuple(Point(cell, words, seconds, 0.0, 1.0, None) for words, *some in pairs for cell, seconds in some)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_length_can_be_guessed_and_never(lang: str) -> None:
    named = options(lang)
    assert list(named) == list(range(1, len(LENGTHS) + 2))
    assert [str(words) in name for words, name in zip(LENGTHS, named.values(), strict=False)] == [True] * len(LENGTHS)
    assert len(set(named.values())) == NEVER
    assert [words_of(guess) for guess in named] == [*LENGTHS, None]


@pytest.mark.parametrize("rival", RIVALS)
@pytest.mark.parametrize(("ours", "measured"), [(0.05, 1), (0.5, 4), (5.0, 7), (6.0, NEVER)])
def test_a_guess_is_right_where_it_is_what_was_measured_and_nearly_beside_it(
    rival: str, ours: float, measured: int
) -> None:
    for guess in options("en"):
        verdict, why = judged(rival, guess, points(ours, 0.01), "en")
        assert verdict == ("right" if guess == measured else "near" if abs(guess - measured) == 1 else "wrong")
        assert options("en")[measured] in why
        assert rival.upper() in why


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(1e-5, 1.0), min_size=14, max_size=14), st.sampled_from(LANGUAGES))
def test_of_any_times_exactly_one_guess_is_right(times: list[float], lang: str) -> None:
    measured = [
        Point(cell, words, seconds, 0.0, 1.0, None)
        for (cell, words), seconds in zip(
            [(cell, words) for words in LENGTHS for cell in ("gru", "transformer")], times, strict=True
        )
    ]
    verdicts = [judged("gru", guess, measured, lang)[0] for guess in options(lang)]
    assert verdicts.count("right") == 1
