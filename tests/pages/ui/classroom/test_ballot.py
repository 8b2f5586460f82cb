from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pages._ui.classroom.ballot import LONGEST, LONGEST_OPTION, MOST_OPTIONS, Ballot, word_names, write_ballot
from rnn_core.figures.words import Words
from rnn_core.messages import LANGUAGES
from tests.pages.ui.classroom.cases import ballot


def test_it_says_the_same_in_every_language_and_comes_back_whole() -> None:
    asked = ballot()
    assert (asked.size, set(asked.question), asked.right) == (3, set(LANGUAGES), (1,))
    assert Ballot.model_validate_json(asked.model_dump_json()) == asked


@given(st.text(min_size=1, max_size=2000))
def test_whatever_is_written_is_bounded(said: str) -> None:
    asked = write_ballot("cell", lambda _: said, lambda _: [said, said], (0,), lambda _: said)
    assert len(asked.question["ja"]) <= LONGEST
    assert len(asked.why["ja"]) <= LONGEST
    assert {len(one) <= LONGEST_OPTION for one in asked.options["en"]} == {True}


@pytest.mark.parametrize(
    "change",
    [
        {"options": {"ja": ("a", "b"), "en": ("a", "b", "c")}},
        {"options": {"ja": ("a",), "en": ("a",)}},
        {"options": {lang: ("a",) * (MOST_OPTIONS + 1) for lang in LANGUAGES}},
        {"question": {"ja": "only one language"}},
        *({"right": right} for right in ((), (3,), (-1,))),
        {"why": {"ja": "", "en": ""}},
    ],
)
def test_what_is_no_ballot_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Ballot(**{**ballot().model_dump(), **change})


def test_words_that_come_twice_have_their_places() -> None:
    assert word_names(Words(("a", "b", "a"), (), "en")) == ("“a” (no. 1)", "“b”", "“a” (no. 3)")
