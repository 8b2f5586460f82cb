"""The knobs of /translation, and words that are a click away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, controls
from pages._ui.sentence import EXAMPLE
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "english": ("visualizer", "attention", "queue", "yacht"),  # not the one that is asked for
    "kanji": ("美咲", "翔", "太郎", "龍之介"),
}


def choose(view: View, typed: str) -> None:
    """The few knobs, `typed` is the one that holds the word, and beside them words that are a click away."""
    with blocks.control_row():
        controls.choice("network", view.lang)
        controls.sentence(typed, view.lang)
        if typed == "english":
            controls.choice("head", view.lang)
        with st.container(width="content"):
            st.pills(
                text("ui.examples", view.lang),
                EXAMPLES[typed],
                key=EXAMPLE,
                on_change=_take,
                args=(typed,),
                wrap=True,
            )


def _take(key: str) -> None:
    if word := st.session_state[EXAMPLE]:
        controls.take({key: word})
    st.session_state[EXAMPLE] = None
