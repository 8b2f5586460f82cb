from __future__ import annotations

import pytest

from pages._ui.classroom.lesson import LESS, MORE, Lesson, Link, prepared
from pages._ui.contrasts import Contrast
from tests.pages.ui.classroom.cases import ballot

THREE = (Link("a", {}), Link("b", {}), Link("c", {}))


def test_answers_in_an_order_are_before_or_after_what_was_measured() -> None:
    lesson = Lesson(THREE)
    assert lesson.mistakes(ballot(options=5, right=(2,))) == {LESS: (0, 1), MORE: (3, 4)}
    assert lesson.mistakes(ballot(options=3, right=(0,))) == {MORE: (1, 2)}
    assert lesson.mistakes(ballot(options=4, right=(1, 3))) == {LESS: (0, 2)}
    assert lesson.mistakes(ballot(options=2, right=(0, 1))) == {}


def test_the_last_answer_may_stand_outside_of_it() -> None:
    lesson = Lesson(THREE, last="none")
    assert lesson.mistakes(ballot(options=4, right=(1,))) == {LESS: (0,), MORE: (2,), "none": (3,)}
    assert lesson.mistakes(ballot(options=3, right=(2,))) == {LESS: (0, 1)}


def test_each_answer_may_have_its_own() -> None:
    lesson = Lesson(THREE, ("x", "y"))
    assert lesson.mistakes(ballot(options=2, right=(0,))) == {"y": (1,)}
    assert lesson.mistakes(ballot(options=3, right=(0,))) == {"y": (1,)}  # one that only the measurement gives


def test_prepared_contrasts_are_links_by_their_names() -> None:
    table = [Contrast(name, {"t": at}, silent={"guess": None}) for at, name in enumerate("abcd")]
    assert prepared("cell", table, "c", "a", "d")[0] == Link("cell.contrast.c", {"guess": None, "t": 2})
    with pytest.raises(KeyError):
        prepared("cell", table, "a", "b", "no such")
