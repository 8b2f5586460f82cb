from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages._ui.document import BROUGHT
from rnn_core.tasks.video.clips import ACROSS
from tests.pages.opening import at_address


def app() -> None:
    import streamlit as st

    from pages._chapters.video import own_path
    from pages._ui import shell
    from pages._ui.contents import CHAPTERS
    from rnn_core.tasks.video.clips import ACROSS

    view = shell._settled(next(row for row in CHAPTERS if row.name == "video"))
    own_path.shown(view)
    st.button("draw", key="draw", on_click=own_path.show, args=(ACROSS,))


def test_a_drawn_path_becomes_the_clip_and_is_brought_into_view() -> None:
    at = AppTest.from_function(app, default_timeout=60)
    at.query_params["lang"] = "en"
    at.run()
    at.button(key="draw").click().run()
    assert not at.exception
    assert (at.session_state["path"], at.session_state["motion"]) == (ACROSS, "own")
    assert at.session_state[BROUGHT].anchor == "clip"


def test_a_path_is_in_the_address_and_one_that_is_none_is_said() -> None:
    at = at_address("video", {"lang": "en", "motion": "own", "path": ACROSS}).run()
    assert not at.exception
    assert at.query_params["path"] in (ACROSS, [ACROSS])
    other = at_address("video", {"lang": "en", "motion": "own", "path": "99"}).run()
    assert not other.exception
    assert len(other.warning) == 1
