from __future__ import annotations

import pytest

from rnn_core.tasks.smalltalk.grammar import Adjective, Verb, When, be, sentence

HOT, CALM = Adjective("暑", "hot"), Adjective("静か", "calm", na=True)
BITE = Verb("噛む", "噛ん", "噛ま", "bite bites bit biting", voiced=True)
GO = Verb("行く", "行っ", "行か", "go goes went going", wish="行き")


@pytest.mark.parametrize(
    ("word", "when", "negated", "form"),
    [
        (HOT, "now", False, "暑い"),
        (HOT, "future", False, "暑い"),
        (HOT, "past", False, "暑かっ た"),
        (HOT, "now", True, "暑く ない"),
        (HOT, "past", True, "暑く なかっ た"),
        (CALM, "now", False, "静か だ"),
        (CALM, "past", False, "静か だっ た"),
        (CALM, "future", True, "静か じゃ ない"),
        (CALM, "past", True, "静か じゃ なかっ た"),
        (BITE, "now", False, "噛む"),
        (BITE, "past", False, "噛ん だ"),
        (BITE, "future", True, "噛ま ない"),
        (BITE, "past", True, "噛ま なかっ た"),
        (GO, "past", False, "行っ た"),
    ],
)
def test_forms_of_adjectives_and_verbs(word: Adjective | Verb, when: When, negated: bool, form: str) -> None:
    assert word.form(when, negated=negated) == tuple(form.split())


def test_what_leads_on() -> None:
    assert [word.te for word in (HOT, CALM, BITE, GO)] == [
        ("暑く", "て"),
        ("静か", "で"),
        ("噛ん", "で"),
        ("行っ", "て"),
    ]


def test_being_in_the_middle_of_it_and_wishing_for_it() -> None:
    assert BITE.state("now") == ("噛ん", "で", "いる")
    assert BITE.state("past") == ("噛ん", "で", "い", "た")
    assert GO.state("now", negated=True) == ("行っ", "て", "い", "ない")
    assert GO.state("past", negated=True) == ("行っ", "て", "い", "なかっ", "た")
    assert GO.want() == ("行き", "たい")
    assert GO.want(negated=True) == ("行き", "たく", "ない")


@pytest.mark.parametrize(
    ("when", "negated", "third", "english"),
    [
        ("now", False, True, "bites"),
        ("now", False, False, "bite"),
        ("past", False, False, "bit"),
        ("future", False, True, "will bite"),
        ("now", True, True, "does not bite"),
        ("now", True, False, "do not bite"),
        ("past", True, True, "did not bite"),
        ("future", True, True, "will not bite"),
    ],
)
def test_a_verb_in_english(when: When, negated: bool, third: bool, english: str) -> None:
    assert BITE.say(when, negated=negated, third=third) == english
    assert BITE.ing == "biting"


def test_to_be_in_english() -> None:
    assert [be(when) for when in ("past", "now", "future")] == ["was", "is", "will be"]
    assert [be(when, plural=True) for when in ("past", "now")] == ["were", "are"]
    assert [be(when, speaker=True, negated=True) for when in ("past", "now", "future")] == [
        "was not",
        "am not",
        "will not be",
    ]


def test_parts_become_one_sentence() -> None:
    assert sentence("the waves", "", "are", "high", end="!") == "The waves are high!"
