"""What a page says while a long computation waits for its turn, and that it waits no longer for who has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui import turns, visitor, waiting
from pages._ui.line import FIRST, Line, Waiting
from pages._ui.turns import Working
from rnn_core import runtime
from rnn_core.messages import LANGUAGES, text
from tests.pages.reading import html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def page(lang: str) -> None:
    import streamlit as st

    from pages._ui import turns, waiting

    with waiting.shown(lang), turns.turn():
        st.html("computed")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_how_many_are_before_and_goes_on_when_it_is_its_turn(
    monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    line = Line(9)
    monkeypatch.setattr(turns, "LINE", line)
    monkeypatch.setattr(turns, "LOOK_EVERY", 0.01)
    first, told = line.join(), []
    said = waiting.said

    def heard(state: turns.State, lang: str) -> str:
        told.append(state)
        if len(told) == 2:
            line.leave(first)
        return said(state, lang)

    monkeypatch.setattr(waiting, "said", heard)
    at = AppTest.from_function(page, kwargs={"lang": lang}).run()
    assert told == [Waiting(1, FIRST)] * 2
    assert html(at) == "computed"  # and the line is empty again
    assert not line.busy


def test_having_waited_for_torch_moves_nothing_on_the_page_and_others_go_on_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    busy: list[bool] = []
    monkeypatch.setattr(runtime, "warm_up_later", lambda _seconds: None)
    monkeypatch.setattr(runtime, "wait", lambda _seconds: (busy.append(turns.LIGHT.busy), True)[1])

    def page() -> None:
        import streamlit as st

        from pages._ui import reading, waiting

        with waiting.shown("en"):
            if st.query_params.get("cold"):
                reading.wait("en")
            st.html("computed")

    at = AppTest.from_function(page)
    at.query_params["cold"] = "1"
    places = [one.type for one in at.run().main]
    del at.query_params["cold"]
    assert [one.type for one in at.run().main] == places
    assert busy == [False]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said_is_a_sentence_with_the_numbers(lang: str) -> None:
    assert waiting.said(Waiting(3, 4.6), lang) == text("ui.turn.waiting", lang, before=3, seconds=5)
    assert "1" in waiting.said(Waiting(1, 0.1), lang)
    assert waiting.said(Working(0.425), lang) == text("ui.turn.working", lang, share=42)


def test_a_run_whose_visitor_has_left_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(9)
    monkeypatch.setattr(turns, "LINE", line)
    monkeypatch.setattr(visitor, "presence", lambda: lambda: False)
    place = line.join()
    at = AppTest.from_function(page, kwargs={"lang": "en"}).run()
    assert html(at) == ""
    assert len(line) == 1
    line.leave(place)


def test_a_chapter_with_a_long_computation_gives_up_its_turn(open_page: Open) -> None:
    at = open_page(
        page="gradients", text="今日は天気が良いね", length="200", hidden="64", weights="fresh", seed="77", curve="skip"
    )
    assert not at.error
    assert not turns.LINE.busy
