from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.messages import LANGUAGES, text


def page() -> None:
    import streamlit as st

    from pages._ui.components.accuracy_curve import accuracy_curve

    def said(curve: str) -> None:
        st.session_state["said"] = curve

    accuracy_curve(st.session_state["lang"], (1, 2, 3, 4, 5, 6), 93, "names", on_curve_change=said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_strip_is_told_the_lengths_and_where_it_begins(lang: str) -> None:
    at = AppTest.from_function(page)
    at.session_state["lang"] = lang
    at.run()
    assert not at.exception
    (strip,) = at.get("bidi_component")
    (data,) = json.loads(strip.proto.json)
    assert data["words"] == ["1", "2", "3", "4", "5", "6"]
    assert (data["given"], data["value"], data["shares"]) == (0, 93, True)
    assert (data["low"], data["high"], data["notches"]) == (0, 100, 20)
    assert data["text"]["axis"] == text("bottleneck.axis.names", lang)
    assert "{n}" in data["text"]["left"]
    assert "{value}" in data["text"]["value"]
