from __future__ import annotations

import pytest
import torch

from rnn_core.segmentation.model import segmented
from rnn_core.segmentation.search import Case, Found, find, sentences
from rnn_core.segmentation.tags import (
    BETTER_WITHOUT,
    LATER,
    NEEDED,
    NEVER_RIGHT,
    OTHER_MEANING,
    SEARCHED,
    UNMOVED,
    Searched,
)


@pytest.fixture(scope="module")
def found() -> Found:
    torch.set_num_threads(1)  # many small computations: threads would wait for one another
    return find()


def test_the_prepared_sentences_are_what_the_search_finds(found: Found) -> None:
    assert NEEDED in found.needed
    assert found.other_meaning[0] == OTHER_MEANING
    assert found.better_without[0] == BETTER_WITHOUT
    counted = Searched(found.sentences, found.correct, len(found.needed), len(found.better_without))
    assert counted == SEARCHED
    clearest = [Case(sentence, frozenset()).wait for sentence in found.needed]
    assert Case(NEEDED, frozenset()).wait >= sorted(clearest)[-5]  # one of the clearest, and about the weather


def test_the_other_prepared_sentences_are_what_they_are_called() -> None:
    meant = ("すもも", "も", "もも", "も", "もも", "の", "うち")
    assert all(segmented(NEVER_RIGHT, later, NEEDED).words != meant for later in LATER)
    assert all(segmented(UNMOVED, later).words == segmented(UNMOVED).words for later in ("off", "alone"))


def test_what_was_found_is_what_it_is_called(found: Found) -> None:
    by = {case.sentence: case for case in sentences()}
    for sentence in found.needed:
        own, off, alone = (by[sentence].words(later) in by[sentence].meant for later in ("own", "off", "alone"))
        assert (own, off, alone) == (True, False, False)
    for sentence in found.other_meaning:
        assert {by[sentence].words(), by[sentence].words("off")} == set(by[sentence].meant)
    for sentence in found.better_without:
        assert by[sentence].words() not in by[sentence].meant
        assert by[sentence].words("off") in by[sentence].meant


def test_the_clearest_comes_first(found: Found) -> None:
    waits = [Case(sentence, frozenset()).wait for sentence in found.needed]
    assert waits == sorted(waits, reverse=True)
    assert found.correct <= found.sentences


def test_each_sentence_is_there_once_with_all_that_it_can_mean() -> None:
    cases = sentences()
    assert len({case.sentence for case in cases}) == len(cases)
    assert all("".join(words) == case.sentence for case in cases for words in case.meant)
    assert [case.sentence for case in cases if len(case.meant) > 1] == [
        "くるまでまつ",
        "くるまでいく",
        "くるまであそぶ",
        "くるまでねる",
    ]
