"""The button in the frame and what it opens, on the pages themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st

from pages._ui import contents
from pages._ui.classroom import panel
from pages._ui.contents import CHAPTERS
from rnn_core.messages import LANGUAGES, text
from tests.pages.reading import html

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.conftest import Open

pytestmark = pytest.mark.usefixtures("shared")


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the dialogs that are opened; what is in them stands on the page, where a test sees it."""
    titles: list[str] = []

    def dialog(title: str, **_: object) -> Callable[..., object]:
        titles.append(title)
        return lambda draw: draw

    monkeypatch.setattr(st, "dialog", dialog)
    return titles


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_frame_opens_the_link_first(open_page: Open, dialogs: list[str], lang: str) -> None:
    at = open_page(lang=lang)
    assert dialogs == []
    at.button(key="classroom").click().run()
    assert not at.exception
    assert dialogs == [text("classroom.title", lang)]
    assert f"?lang={lang}" in at.code[0].value
    assert not [button for button in at.button if button.key == "classroom_start"]


def test_and_the_vote_when_it_is_asked_for(open_page: Open, dialogs: list[str]) -> None:
    at = open_page(lang="en")
    at.session_state["classroom_part"] = "hands"
    at.button(key="classroom").click().run()
    assert not at.exception
    assert at.button(key="classroom_start").label == text("classroom.start", "en")
    assert not at.code


def test_a_chapter_without_a_vote_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        chapter = CHAPTERS[0]

    monkeypatch.setattr(contents, "find_part", lambda *_: None)
    assert panel.find_ballot(Nothing()) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_a_chapter_never_asks_it_says_so(open_page: Open, dialogs: list[str], lang: str) -> None:
    at = open_page(page="your_model", lang=lang)
    at.session_state["classroom_part"] = "hands"
    at.button(key="classroom").click().run()
    assert not at.exception
    assert dialogs == [text("classroom.title", lang)]
    assert text("classroom.never", lang) in html(at)
