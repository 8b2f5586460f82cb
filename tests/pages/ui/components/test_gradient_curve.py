from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.messages import LANGUAGES


def page() -> None:
    import streamlit as st

    from pages._ui.components.gradient_curve import gradient_curve

    def said(curve: str) -> None:
        st.session_state["said"] = curve

    words = ["今日", "は", "とてもとても長い語", "ね"]
    gradient_curve(st.session_state["lang"], words, [0, 1, 2, 5], (-6, 3), cell="rnn", on_curve_change=said)


def opened(lang: str) -> AppTest:
    at = AppTest.from_function(page)
    at.session_state["lang"] = lang
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_strip_is_told_the_words_their_places_and_the_axis(lang: str) -> None:
    (strip,) = opened(lang).get("bidi_component")
    (data,) = json.loads(strip.proto.json)
    assert data["words"] == ["今日", "は", "とてもとても長…", "ね"]
    assert data["steps"] == [1, 2, 3, 6]
    assert (data["low"], data["high"]) == (-6, 3)
    assert "{n}" in data["text"]["left"]
    assert "{value}" in data["text"]["value"]
