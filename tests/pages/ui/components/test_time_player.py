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
    (data,) = json.loads(at.get("bidi_component")[0].proto.json)
    assert (data["at"]["step"], data["cell"], len(data["tokens"])) == (2, "lstm", 6)
    assert data["follow"] == [{"key": "a", "across": "x"}]
    at.session_state["player"] = {"spot": {"of": data["id"], "step": 5}}
    at.run()
    assert at.text[0].value == "rests on 5"


def along() -> None:
    import streamlit as st

    from pages._ui.components import timeline
    from rnn_core.text.tokenizer import Token

    tokens = tuple(Token(character, True, "") for character in "とりがいる")
    of = st.session_state.get("of", "one")
    st.text(f"rests on {timeline('en', tokens, 'lstm', of, step=9, counted='bidirectional.step')}")


def test_any_tokens_can_be_moved_along_and_the_place_belongs_to_what_it_is_of() -> None:
    at = AppTest.from_function(along, default_timeout=60).run()
    (data,) = json.loads(at.get("bidi_component")[0].proto.json)
    assert (data["at"]["step"], [token["text"] for token in data["tokens"]]) == (5, list("とりがいる"))
    assert "Character" in data["text"]["step"]
    at.session_state["player"] = {"spot": {"of": "one", "step": 3}}
    at.run()
    assert at.text[0].value == "rests on 3"
    at.session_state["of"] = "other"
    at.run()
    assert at.text[0].value == "rests on None"
