"""The teacher's side, on a page of its own: what it shows in each phase, and nothing before it is revealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.classroom.rooms import OF_ONE
from rnn_core import KiokuError
from rnn_core.messages import LANGUAGES, text
from tests.pages.ui.classroom.cases import ballot

if TYPE_CHECKING:
    from pages._ui.classroom.rooms import Room, Rooms


def script() -> None:
    import streamlit as st

    from pages._ui import shell
    from pages._ui.classroom import hands
    from pages._ui.contents import CHAPTERS
    from tests.pages.ui.classroom.cases import ballot

    view = shell._settled(next(row for row in CHAPTERS if row.name == "order"))
    asks = st.session_state["asks"]
    hands.vote(view, ballot(asks) if asks else None)


def opened(lang: str = "en", asks: str = "order") -> AppTest:
    at = AppTest.from_function(script, default_timeout=60)
    at.session_state["asks"] = asks
    at.query_params["lang"] = lang
    return shown(at.run())


def shown(at: AppTest) -> AppTest:
    assert not at.exception
    return at


def press(at: AppTest, key: str) -> AppTest:
    return shown(at.button(key=key).click().run())


def html(at: AppTest) -> str:
    return "".join(element.proto.body for element in at.get("html"))


def room_of(at: AppTest, shared: Rooms) -> Room:
    room = shared.owned(at.session_state["kioku_visitor"])
    assert room
    return room


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_vote_from_its_opening_to_both_histograms(shared: Rooms, lang: str) -> None:
    at = opened(lang)
    assert f"question &lt;b&gt;{lang}&lt;/b&gt;" in html(at)
    press(at, "classroom_start")
    room = room_of(at, shared)
    assert f"<strong>{room.code}</strong>" in html(at)
    for voter, option in enumerate((0, 1, 1)):
        shared.vote(room.code, str(voter), 1, option)
    shown(at.run())
    assert text("classroom.count", lang, count=3) in html(at)
    assert not at.get("plotly_chart")
    assert f"because {lang}" not in html(at)
    press(at, "classroom_close")
    assert not at.get("plotly_chart")
    press(at, "classroom_again")
    shared.vote(room.code, "1", 2, 1)
    press(at, "classroom_close")
    press(at, "classroom_reveal")
    assert len(at.get("plotly_chart")) == 1
    assert f"because {lang}" in html(at)
    said = text("votes.twice", lang, right=2, total=3, again=1, total_again=1, options=f"answer 1 {lang}")
    assert said in html(at)
    assert [button.key for button in at.button if button.key.startswith("classroom")] == ["classroom_end"]
    press(at, "classroom_end")
    assert shared.owned(at.session_state["kioku_visitor"]) is None


def test_what_was_voted_for_is_folded_until_then(shared: Rooms) -> None:
    at = press(opened(), "classroom_start")
    room = room_of(at, shared)
    shared.vote(room.code, "a", 1, 2)
    shown(at.run())
    assert "answer 2 en: <strong>1</strong>" not in html(at)
    (folded,) = [one for one in at.expander if one.label == text("classroom.split", "en")]
    assert not folded.children


def test_another_question_goes_to_the_same_room(shared: Rooms) -> None:
    at = press(opened(), "classroom_start")
    room = room_of(at, shared)
    at.session_state["asks"] = "cell"
    shown(at.run())
    assert f"<strong>{room.code}</strong>" in html(at)  # the vote goes on
    shown(at.toggle(key="classroom_next").set_value(True).run())
    press(at, "classroom_ask")
    assert (room_of(at, shared).code, room_of(at, shared).ballot) == (room.code, ballot("cell"))
    at.session_state["asks"] = ""
    assert f"<strong>{room.code}</strong>" in html(shown(at.run()))


def test_without_a_network_the_counts_are_typed(shared: Rooms) -> None:
    at = opened()
    shown(at.toggle(key="classroom_by_hand").set_value(True).run())
    at.number_input(key="classroom_order_0_A").set_value(5)
    at.number_input(key="classroom_order_0_B").set_value(7).run()
    assert not at.get("plotly_chart")
    shown(at.toggle(key="classroom_shown").set_value(True).run())
    assert text("votes.once", "en", right=7, total=12, options="answer 1 en") in html(at)
    shown(at.number_input(key="classroom_order_1_B").set_value(9).run())
    assert text("votes.twice", "en", right=7, total=12, again=9, total_again=9, options="answer 1 en") in html(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_is_asked_and_what_is_refused_it_is_said(shared: Rooms, lang: str) -> None:
    assert text("classroom.none", lang) in html(opened(lang, asks=""))
    at = opened(lang)
    owner = at.session_state["kioku_visitor"]
    for _ in range(OF_ONE):
        shared.open_room(owner, "a", ballot())
    press(at, "classroom_start")
    assert KiokuError("room_own", most=OF_ONE, hours=2).text(lang) in [one.value for one in at.warning]
    assert not shown(at.run()).warning
