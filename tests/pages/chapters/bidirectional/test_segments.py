from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis.strategies import lists, sampled_from

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
    beside = {"ja": ("", ""), "en": (" dog", " ga")}[lang]
    assert (named[1], named[2], named[3]) == (f"犬{beside[0]} 1", f"が{beside[1]}", f"犬{beside[0]} 3")
    assert named[0] == text("bidirectional.none", lang)


def test_of_too_many_words_none_is_asked(warm: None) -> None:
    assert words.options(reading("犬が" * 13), "ja") == {}


def test_the_words_that_break_are_those_that_are_not_found_without_the_half(warm: None) -> None:
    assert words.broken(reading(NEEDED)) == {4}
    assert words.broken(reading(OTHER_MEANING)) == {1, 2}
    assert words.broken(reading(UNMOVED)) == frozenset()


@pytest.mark.parametrize(
    ("sentence", "guess", "said"),
    [
        *((NEEDED, 4, "right"), (NEEDED, 3, "near"), (NEEDED, 5, "near"), (NEEDED, 1, "wrong"), (NEEDED, 0, "wrong")),
        *((UNMOVED, 0, "right"), (UNMOVED, 1, "wrong"), (UNMOVED, 2, "wrong")),
        *((OTHER_MEANING, 1, "right"), (OTHER_MEANING, 2, "right"), (OTHER_MEANING, 3, "near")),
    ],
)
def test_a_guess_is_judged_by_what_was_computed(warm: None, sentence: str, guess: int, said: str) -> None:
    assert words.verdict(reading(sentence), guess) == said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reason_quotes_what_changes_or_says_that_nothing_does(warm: None, lang: str) -> None:
    assert words.why(reading(UNMOVED), lang) == text("bidirectional.why.same", lang)
    assert "て|んき" in words.why(reading(NEEDED), lang)


@settings(max_examples=25)
@given(
    sentence=lists(sampled_from("くるまでいいてんきですねはがをのすもも今日天気"), min_size=1, max_size=12).map("".join)
)
def test_one_option_at_least_is_right_whatever_is_read(warm: None, sentence: str) -> None:
    of = reading(sentence)
    named = words.options(of, "en")
    assert "right" in {words.verdict(of, guess) for guess in named}
    assert (words.verdict(of, words.NONE) == "right") is (not words.broken(of))
