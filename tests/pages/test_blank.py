"""A text without anything to read in it is answered with a sentence, on every page and in every field."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from pages._ui import cache, shell
from pages._ui.address import CONTROLS, clean
from pages._ui.controls import SENTENCES
from pages._ui.shell import CHAPTERS, ROOT
from rnn_core import KiokuError
from rnn_core.messages import text
from tests.pages.opening import at_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from pages._ui.shell import Chapter

BLANK = {
    "nothing": "",
    "spaces": "   ",
    "control": "\x00\x07",
    "joiner": "\u200d",
    "zero width": "\u200b\u2060",
    "wide space": "\u3000",
    "mark of order": "\ufeff",
    "direction": "\u202e\u2066",
}
DIFFERENT = {clean(blank): blank for blank in BLANK.values()}.values()  # as the address has them
# The states in which a field is in sight that is not there as the chapter opens: what must be in the address for it.
STATES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "cell": ({"edit": "1"},),
    "gradients": ({"loss": "word", "read": "3"}, {"part": "eigenvalues"}),
    "attention": (
        {"task": "names"},
        {"study": "alter", "alter": "edit", "spot": "1"},
        {"study": "alter", "alter": "pin", "spot": "1"},
        {"force": "1"},
    ),
    "translation": (
        {"network": "kanji", "study": "alter", "alter": "edit", "spot": "1"},
        {"study": "alter", "alter": "pin", "spot": "1"},
    ),
}
READ_WITH = {"melody": {"begins": "own"}}  # what must be in the address for a field to be read
FREE = {"name_begins", "face_begins"}  # what a network writes may begin with nothing
# What a chapter computes from is a sentence, a word or names; /training draws its own examples.
READING = tuple(chapter for chapter in CHAPTERS if set(chapter.controls) & set(SENTENCES))
CASES = [
    pytest.param(
        chapter,
        READ_WITH.get(key, {}) | dict(state),
        key,
        id=f"{chapter.name}-{key}-{'-'.join(state.values()) or 'as it opens'}",
    )
    for chapter in READING
    for state in ({}, *STATES.get(chapter.name, ()))
    for key in chapter.controls
    if CONTROLS[key].kind == "text" and (not state or key in SENTENCES or key in ("into", "row", "token"))
]


@pytest.mark.parametrize(("chapter", "state", "key"), CASES)
def test_a_blank_text_leaves_its_field_and_no_page_in_pieces(
    warm: None, chapter: Chapter, state: dict[str, str], key: str
) -> None:
    at = at_address(chapter.name, {"lang": "en", **state})
    at.session_state["more"] = True
    for blank in DIFFERENT if key in SENTENCES else ("", "\u200d", "\u202e"):
        at.query_params[key] = blank
        at.run()
        assert not at.exception
        fields = {field.key for field in at.text_input}
        assert fields & set(SENTENCES), "the sentence has lost its field"
        if key in fields & set(SENTENCES) - FREE:
            assert at.error, "nothing was read, and nothing said"
    if key in fields:
        at.text_input(key=key).set_value(str(CONTROLS[key].default) or "今日").run()  # it can be mended where it is
        assert not at.exception
        assert key not in SENTENCES or not at.error


def computing() -> list[tuple[ModuleType, str]]:
    """Every function by which pages have something computed: those of the modules that keep what was."""
    files = [ROOT / "pages" / "_ui" / "cache.py", *(ROOT / "pages" / "_chapters").glob("*/computed.py")]
    caches = [import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)) for path in files]
    return [
        (module, name)
        for module in caches
        for name, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", "") == module.__name__ and not isinstance(value, type)
    ]


@pytest.fixture
def nothing_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is to be computed, it fails as on a blank sentence."""

    def fails(*args: object, **named: object) -> None:
        raise KiokuError("empty_text")

    for module, name in computing():
        monkeypatch.setattr(module, name, fails)


def lost(chapter: Chapter) -> set[str]:
    """What of a chapter is not there although it has only to be drawn: its sentence's field, its settings, a word."""
    at = at_address(chapter.name, {"lang": "en"})
    at.session_state["more"] = True
    at.run()
    there = {
        "a field": bool({field.key for field in at.text_input} & set(SENTENCES)),
        "the way back": any(button.key == "reset" for button in at.button),
        "what is wrong": text("errors.empty_text", "en") in [error.value for error in at.error],
        "a page": not at.exception,
    }
    return {name for name, found in there.items() if not found}


@pytest.mark.parametrize("chapter", READING, ids=lambda row: row.name)
def test_where_nothing_can_be_computed_the_controls_are_there(
    warm: None, nothing_works: None, chapter: Chapter
) -> None:
    assert lost(chapter) == set()


@pytest.mark.parametrize("chapter", READING, ids=lambda row: row.name)
def test_a_chapter_that_computes_before_its_controls_is_found(
    warm: None, nothing_works: None, monkeypatch: pytest.MonkeyPatch, chapter: Chapter
) -> None:
    found = shell._page

    def planted(view: shell.View) -> None:
        cache.words("")
        found(chapter)(view)

    monkeypatch.setattr(shell, "_page", lambda row: planted if row is chapter else found(row))
    assert "a field" in lost(chapter)


def test_there_is_something_to_fail() -> None:
    assert {"words", "trace", "translation", "segmented"} <= {name for _, name in computing()}
