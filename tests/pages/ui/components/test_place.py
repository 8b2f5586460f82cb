"""The reader's place: what the browser reported is checked, and the page's wish is sent only when it is new."""

from __future__ import annotations

import pytest
from streamlit.util import AttributeDictionary

from pages._ui.components.place import Bounds, Spot, placed, reported, telling

BOUNDS = Bounds(steps=6, units=8, quantities=("a", "b"))
START = Spot(6, 1, "a")


def report(session: dict[str, object], **spot: object) -> None:
    session["cell"] = AttributeDictionary({"spot": {"of": "x", **spot}})


def test_a_reported_place_comes_back(session: dict[str, object]) -> None:
    assert reported("cell", "x", BOUNDS) is None
    report(session, step=3, unit=2, quantity="b")
    assert reported("cell", "x", BOUNDS) == Spot(3, 2, "b")
    report(session, step=3, unit=None, quantity="b")
    assert reported("cell", "x", BOUNDS) == Spot(3, None, "b")


def test_a_place_in_another_state_is_no_place(session: dict[str, object]) -> None:
    report(session, step=3)
    assert reported("cell", "another", BOUNDS) is None


@pytest.mark.parametrize(
    "spot",
    [
        {"step": 0},
        {"step": 7},
        {"step": "3"},
        {"step": None},
        {"step": 3, "unit": 9},
        {"step": 3, "unit": 0},
        {"step": 3, "unit": "1"},
        {"step": 3, "unit": 1, "quantity": "c"},
        {"step": 3, "unit": 1, "quantity": ["a"]},
        {},
    ],
    ids=str,
)
def test_a_place_that_does_not_exist_is_no_place(session: dict[str, object], spot: dict[str, object]) -> None:
    report(session, **spot)
    assert reported("cell", "x", BOUNDS) is None


@pytest.mark.parametrize("state", [None, "text", {"spot": None}, {"spot": 3}])
def test_a_state_without_a_place(session: dict[str, object], state: object) -> None:
    session["cell"] = state
    assert reported("cell", "x", BOUNDS) is None


def test_moving_sends_nothing_again(session: dict[str, object]) -> None:
    first = placed("cell", "x", START, BOUNDS)
    assert first == {"id": "x", "serial": 0, "at": {"step": 6, "unit": 1, "quantity": "a"}}
    report(session, step=3, unit=2, quantity="b")
    assert placed("cell", "x", Spot(3, 2, "b"), BOUNDS) == first  # a page that takes the place over
    report(session, step=4, unit=2, quantity="b")
    assert placed("cell", "x", Spot(4, 1, "a"), BOUNDS)["at"] != first["at"]  # "a" is a new wish after "b"


def test_a_page_that_never_takes_the_place_over_does_not_pull_the_reader_back(session: dict[str, object]) -> None:
    first = placed("cell", "x", START, BOUNDS)
    report(session, step=3, unit=2, quantity="b")
    assert placed("cell", "x", START, BOUNDS) == first


def test_a_new_wish_is_sent_and_leaves_the_rest_where_the_reader_is(session: dict[str, object]) -> None:
    placed("cell", "x", START, BOUNDS)
    report(session, step=3, unit=2, quantity="b")
    sent = placed("cell", "x", Spot(5, 1, "a"), BOUNDS)
    assert sent == {"id": "x", "serial": 1, "at": {"step": 5, "unit": 2, "quantity": "b"}}


def test_the_same_wish_can_be_sent_twice(session: dict[str, object]) -> None:
    placed("cell", "x", START, BOUNDS)
    report(session, step=3, unit=1, quantity="a")
    placed("cell", "x", Spot(3, 1, "a"), BOUNDS)
    sent = placed("cell", "x", START, BOUNDS)
    assert (sent["serial"], sent["at"]["step"]) == (1, 6)


def test_another_state_starts_at_the_pages_place(session: dict[str, object]) -> None:
    placed("cell", "x", START, BOUNDS)
    report(session, step=3, unit=2, quantity="b")
    assert placed("cell", "y", Spot(4, 1, "a"), BOUNDS) == {
        "id": "y",
        "serial": 1,
        "at": {"step": 4, "unit": 1, "quantity": "a"},
    }


def test_a_page_that_comes_back_with_another_place_gets_it(session: dict[str, object]) -> None:
    placed("cell", "x", START, BOUNDS)
    report(session, step=3, unit=1, quantity="a")
    placed("cell", "x", Spot(3, 1, "a"), BOUNDS)
    del session["cell"]  # the reader was on another page, and the drawing starts anew
    assert placed("cell", "x", Spot(3, 1, "a"), BOUNDS)["at"]["step"] == 3


def test_the_callback_hears_what_was_reported() -> None:
    heard: list[int] = []
    telling(heard.append, lambda: 3)()
    telling(heard.append, lambda: None)()
    telling(None, lambda: 4)()
    assert heard == [3]
