"""The controls of a chapter, each set to another value: what it changes, and whether none was forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.address import CONTROLS, controls_of
from pages._ui.shell import CHAPTERS
from tests.pages.reading import pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from streamlit.testing.v1 import AppTest

    from pages._ui.chapter import Chapter, Control
    from tests.pages.conftest import Open


_OPENED: dict[tuple[tuple[str, str], ...], AppTest] = {}


def unchanged(open_page: Open, query: Mapping[str, str]) -> AppTest:
    """A page with which others are compared, opened once: it may be read and nothing else."""
    address = tuple(sorted(query.items()))
    if address not in _OPENED:
        _OPENED[address] = open_page(**query)
    return _OPENED[address]


def changes(
    open_page: Open, base: Mapping[str, str], key: str, value: str, read: Callable[[AppTest], object] = pictures
) -> None:
    """A page with a control at `value` ("" for its default) shows something else, and stands at that value's address.

    Args:
        open_page: the fixture.
        base: the page's name and the state in which the control is set.
        key: the control.
        value: as the address has it.
        read: what has to be another one; the page's charts, where nothing else is said.
    """
    before = unchanged(open_page, {name: one for name, one in base.items() if one})
    after = open_page(**{name: one for name, one in {**base, key: value}.items() if one})
    assert read(before) != read(after), f"{key} changes nothing"
    assert not after.error
    assert after.query_params.get(key, "") in (value, [value])


def tried(test: Callable[..., None]) -> set[str]:
    """The controls with which a test is parametrized, under the name `key`."""
    (marks,) = (mark for mark in test.pytestmark if mark.name == "parametrize")
    names, cases = marks.args
    return {case[names.index("key")] for case in cases}


def forms() -> list[tuple[Chapter, Control]]:
    """Every control of several chapters that one of them has in a form of its own, and that one."""
    return [(chapter, controls_of(chapter)[key]) for chapter in CHAPTERS for key in chapter.forms]


def rows() -> list[Control]:
    """Every control in every form."""
    return [*CONTROLS.values(), *(row for _, row in forms())]


OF_SEVERAL = {
    "layer",
    "direction",
    "pin",
}  # where a network has several, as none of ours: test_other_networks; where a page has two drawings: ui/test_pin


def controls(chapter: str) -> set[str]:
    """The controls that the address of a chapter holds."""
    return set(next(row for row in CHAPTERS if row.name == chapter).controls)
