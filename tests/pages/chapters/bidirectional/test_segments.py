from __future__ import annotations

import pytest

from pages._chapters.bidirectional import segments as words
from pages._chapters.bidirectional.inputs import Reading
from rnn_core.messages import LANGUAGES, text
from rnn_core.segmentation.model import segmented
from rnn_core.segmentation.tags import LATER, NEEDED, OTHER_MEANING, UNMOVED


def reading(sentence: str) -> Reading:
    return Reading({later: segmented(sentence, later, NEEDED) for later in LATER}, "own", 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_word_can_be_guessed_by_its_place_and_none_too(warm: None, lang: str) -> None:
    named = words.options(reading("犬が犬を見る"), lang)
    assert named == {1: "犬 1", 2: "が", 3: "犬 3", 4: "を", 5: "見る", 0: text("bidirectional.none", lang)}


def test_of_too_many_words_none_is_asked(warm: None) -> None:
    assert words.options(reading("犬が" * 13), "ja") == {}


def test_the_words_that_break_are_those_that_are_not_found_without_the_half(warm: None) -> None:
    assert words.broken(reading(NEEDED)) == {4}
    assert words.broken(reading(OTHER_MEANING)) == {1, 2}
    assert words.broken(reading(UNMOVED)) == frozenset()


@pytest.mark.parametrize(
    ("sentence", "guess", "right"),
    [(NEEDED, 4, True), (NEEDED, 1, False), (NEEDED, 0, False), (UNMOVED, 0, True), (UNMOVED, 2, False)],
)
def test_a_guess_is_right_if_its_word_breaks_or_none_does(warm: None, sentence: str, guess: int, right: bool) -> None:
    of = reading(sentence)
    said = words.judged(of, guess, "ja")
    name = words.options(of, "ja")[guess]
    assert said == text(f"bidirectional.guessed.{'right' if right else 'wrong'}", "ja", guess=name)
    assert words.judged(of, None, "ja") == ""
