"""The player alone."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest


def app() -> None:
    import streamlit as st

    from pages._ui.components import player
    from tests.pages.ui.components.conftest import make

    told: list[int] = st.session_state.setdefault("told", [])
    st.text(f"rests on {player('en', make('lstm').trace, step=2, follow={'a': 'x'}, on_step_change=told.append)}")


def test_it_has_the_words_and_tells_the_step() -> None:
    at = AppTest.from_function(app, default_timeout=60).run()
    assert not at.exception
    data = json.loads(at.get("bidi_component")[0].proto.json)
    assert (data["at"]["step"], data["cell"], len(data["tokens"])) == (2, "lstm", 6)
    assert data["follow"] == [{"key": "a", "across": "x"}]
    at.session_state["player"] = {"spot": {"of": data["id"], "step": 5}}
    at.run()
    assert at.text[0].value == "rests on 5"
