from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def wishing() -> None:
    """A page of which two buttons want a part to be in view."""
    import streamlit as st

    from pages._ui import document, last_run
    from pages._ui.contents import CHAPTERS

    chapter = last_run.left().page = CHAPTERS[st.session_state.get("at", 0)]
    for anchor in ("first", "second"):
        st.button(anchor, key=anchor, on_click=document.bring, args=(anchor,))
    document.brought(chapter)


def sent(at: AppTest, name: str) -> list[dict[str, Any]]:
    """What the browser is told by the component of this name."""
    drawn = [one.proto for one in at.get("bidi_component") if one.proto.component_name.endswith(name)]
    return [json.loads(one.json) for one in drawn]


def test_a_wish_is_sent_once_for_each_press_and_only_in_its_chapter() -> None:
    at = AppTest.from_function(wishing).run()
    assert sent(at, "bring") == []
    said = []
    for anchor in ("first", "second", "second"):
        said += sent(at.button(key=anchor).click().run(), "bring")
    assert said == [{"anchor": name, "serial": at_} for at_, name in enumerate(("first", "second", "second"), 1)]
    assert sent(at.run(), "bring") == said[-1:]
    at.session_state["at"] = 1
    assert sent(at.run(), "bring") == []


def test_the_browser_is_told_the_chapter(open_page: Open) -> None:
    assert [one["chapter"] for one in sent(open_page(page="order"), "html_lang")] == ["order"]
