"""What fails within a page is said in the reader's language with a way back, in whole runs and in those of a part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from pages._ui import blocks, cache, failures, head_start, reading, shell, takeaway
from pages._ui.shell import CHAPTERS
from pages._ui.words import markdown
from rnn_core import KiokuError
from rnn_core.messages import NO_TEXTS, text
from tests.pages.alternating import alternately
from tests.pages.opening import at_address
from tests.pages.reading import html

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open


def breaks(*args: object, **named: object) -> None:
    raise ZeroDivisionError("planted")


def planted(unforeseen: list[str]) -> bool:
    """Whether it was logged, and nothing else; cleared, so that the test may end well."""
    found = unforeseen.copy()
    unforeseen.clear()
    return bool(found) and all("ZeroDivisionError: planted" in said and "Traceback" in said for said in found)


def run(chapter: shell.Chapter, lang: str, **query: str) -> AppTest:
    """A chapter behind the app, whatever comes of it."""
    at = at_address(chapter.name, {"lang": lang, **query})
    at.context["url"] = f"http://school.example/kioku/{chapter.address}"
    drawn = at.session_state[head_start.KEY] = head_start.Drawn()
    drawn.set()
    return at.run()


@pytest.mark.parametrize(("lang", "chapter"), alternately(CHAPTERS))
def test_what_nobody_foresaw_is_said_with_a_way_back(
    warm: None,
    monkeypatch: pytest.MonkeyPatch,
    unforeseen: list[str],
    chapter: shell.Chapter,
    lang: str,
) -> None:
    monkeypatch.setattr(blocks, "question", breaks)
    at = run(chapter, lang)
    assert not at.exception
    assert [error.value for error in at.error] == [markdown(text("ui.unforeseen", lang))]
    links = dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>', html(at)))
    expected = {f"http://school.example/kioku/?lang={lang}": text("ui.way_home", lang)}
    if chapter.address:
        expected |= {f"http://school.example/kioku/{chapter.address}?lang={lang}": text("ui.way_back", lang)}
    assert links == expected
    assert planted(unforeseen)


def test_the_frame_is_guarded_too(warm: None, monkeypatch: pytest.MonkeyPatch, unforeseen: list[str]) -> None:
    monkeypatch.setattr(shell, "_brand", breaks)
    at = run(CHAPTERS[1], "en")
    assert not at.exception
    assert [error.value for error in at.error] == [markdown(text("ui.unforeseen", "en"))]
    assert planted(unforeseen)


def test_the_take_away_is_guarded_too(open_page: Open, monkeypatch: pytest.MonkeyPatch, unforeseen: list[str]) -> None:
    at = open_page(page="cell", lang="en")
    monkeypatch.setattr(takeaway, "fold", breaks)
    at.run()
    assert not at.exception
    assert text("cell.question", "en")[:10] in html(at)
    assert [error.value for error in at.error] == [markdown(text("ui.unforeseen", "en"))]
    assert planted(unforeseen)


@pytest.mark.parametrize("raised", [StopException, lambda: RerunException(RerunData())], ids=["stop", "rerun"])
def test_what_streamlit_raises_to_end_or_repeat_a_run_passes_through(
    monkeypatch: pytest.MonkeyPatch, raised: Callable[[], BaseException]
) -> None:
    monkeypatch.setattr(st, "error", lambda _: pytest.fail("it was taken for a failure"))
    control = raised()
    with pytest.raises(type(control)) as caught, failures.told("en", "cell"):
        raise control
    assert caught.value is control


def test_a_page_that_asks_for_another_run_gets_it(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def question(view: shell.View, below: str = "") -> None:
        asked.append(1)
        if len(asked) == 1:
            st.rerun()

    monkeypatch.setattr(blocks, "question", question)
    at = open_page()
    assert len(asked) == 2
    assert not at.error


def test_without_any_text_what_to_do_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "text", breaks)
    assert failures._said("ui.unforeseen", "en") == NO_TEXTS


def test_an_error_of_the_library_in_a_part_is_said_there(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    error = KiokuError("weights_missing", model="lstm", path="a_b.safetensors")

    def lost(*args: object) -> None:
        raise error

    monkeypatch.setattr(takeaway, "fold", lost)
    at = open_page(page="transformer", lang="ja")
    assert [one.value for one in at.error] == [markdown(error.text("ja"))]


def test_a_picture_that_only_saves_time_is_missed_with_a_sentence(warm: None, monkeypatch: pytest.MonkeyPatch) -> None:
    error = KiokuError("stored_trace", path="first-picture.safetensors")

    def lost() -> None:
        raise error

    ready = iter([False])
    monkeypatch.setattr(cache, "first_picture", lost)
    monkeypatch.setattr(reading.runtime, "ready", lambda: next(ready, True))
    at = run(CHAPTERS[0], "en")
    assert [one.value for one in at.warning] == [markdown(error.text("en"))]
    assert at.get("plotly_chart")
