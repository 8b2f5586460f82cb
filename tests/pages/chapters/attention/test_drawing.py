from __future__ import annotations

import pytest

from pages._chapters.attention import drawing
from pages._chapters.attention.decoded import Given
from rnn_core.messages import LANGUAGES
from rnn_core.specs import KATAKANA_HIDDEN, TranslatorSpec
from rnn_core.tasks.references import correct_targets
from rnn_core.translation.decoding import translate

KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=KATAKANA_HIDDEN)
NONE = TranslatorSpec(task="phrases", attention="none", hidden=24)
WORDS = ("今日", "は", "天気", "が", "良い", "ね")


def outputs(trace) -> tuple[str, ...]:
    return tuple(guess.text for guess in trace.written)


def test_the_cards_are_the_input_and_marks_cant_be_hidden() -> None:
    cards = drawing.cards(KATAKANA, Given("katakana", tuple("tea"), 1))
    assert [card.text for card in cards] == ["▷", "t", "e", "a", "⏎"]
    assert [card.mark for card in cards] == [True, False, False, False, True]
    assert [card.gone for card in cards] == ["", "", "out", "", ""]
    (first, *_), names = drawing.cards(NONE, Given("phrases", WORDS, 0)), Given("names", ("は", "な"))
    assert (first.text, first.gone, first.gloss) == ("今日", "blank", "today")
    reads = TranslatorSpec(task="names", attention="dot", hidden=24)
    assert [card.gloss for card in drawing.cards(reads, names)] == ["ha", "na"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_input_as_it_is_is_judged_against_what_is_right(lang: str) -> None:
    lane = drawing.lane(NONE, Given("phrases", WORDS), (), None, (1, 2), lang)
    (target,) = correct_targets("phrases", WORDS)
    assert lane.right == (outputs(lane.trace)[:-1] == target)
    assert (lane.wrong is None) == lane.right
    assert (lane.counts, lane.before, lane.forced) == ((1, 2), None, None)


def test_with_a_hidden_or_forced_word_it_is_compared_with_what_it_writes_by_itself() -> None:
    itself = drawing.named_outputs(NONE, WORDS)
    hidden = drawing.lane(NONE, Given("phrases", WORDS, 2), (), None, None, "en")
    assert (hidden.right, hidden.wrong, hidden.before) == (None, None, itself)
    forced = drawing.lane(NONE, Given("phrases", WORDS), ((1, "sea"),), None, None, "en")
    assert (forced.forced, forced.before, forced.right) == (1, itself, None)
    late = drawing.lane(NONE, Given("phrases", WORDS), ((35, "sea"),), None, None, "en")
    assert (late.forced, late.before) == (None, None)  # what ends before is as it is
    assert outputs(late.trace) == itself == drawing.named_outputs(NONE, WORDS)
    assert outputs(translate(NONE, WORDS))[:-1] == itself[:-1]


def test_the_same_network_with_the_same_input_is_one_lane() -> None:
    given = Given("phrases", WORDS)
    assert drawing.lane(NONE, given, (), None, None, "ja") is drawing.lane(
        NONE, Given("phrases", WORDS), (), None, None, "ja"
    )


def test_a_place_of_the_drawing_is_a_place_of_the_input_and_an_answer_one_of_its_control() -> None:
    assert [drawing._input(place, KATAKANA) for place in (2, None)] == [1, None]
    assert drawing._input(2, NONE) == 2
    assert [drawing._answer("guess_accuracy", said) for said in (None, "skip", "4_2")] == ["", "skip", "4_2"]
    assert drawing._answer("guess_spelling", None) is None
