"""The knobs of /attention, and the settings of them that are a click away."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.attention import CHAPTER
from pages._ui import blocks, controls
from pages._ui.address import controls_of
from pages._ui.sentence import EXAMPLE
from pages._ui.words import on_button
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.chapter import Value
    from pages._ui.shell import View

TURNED = ("task", "text", "names", "attention", "hidden", "t", "study", "beam", "force", "token", "alter", "scope")
PLACES = ("spot", "row", "into")
LONG = "はなこ・たろう・ゆうき・けんじ"
SMILES = "弟は今笑っている"
# Each begins from the defaults. Found by search; the page's tests measure what they do.
CONTRASTS: Mapping[str, Mapping[str, Value]] = MappingProxyType(
    {
        "short": {"task": "names", "names": "はなこ", "attention": "none"},
        "long": {"task": "names", "names": LONG, "attention": "none"},
        "looks": {"task": "names", "names": LONG, "attention": "additive"},
        "blank": {"text": SMILES, "study": "alter", "alter": "blank", "spot": 4, "t": 5, "scope": "all"},
        "force": {"study": "beam", "force": 2, "token": "sea", "t": 3},
    }
)


def choose(view: View) -> None:
    """The few knobs, all in sight."""
    lang = view.lang
    with blocks.control_row():
        controls.choice("task", lang)
        controls.sentence("names" if view.state["task"] == "names" else "text", lang)
        controls.choice("attention", lang)
        controls.choice("hidden", lang)


def contrasts(view: View) -> None:
    """Prepared settings, a click away each; every one is a link, since the address is complete."""
    lang = view.lang
    st.pills(
        text("ui.examples", lang),
        list(CONTRASTS),
        key=EXAMPLE,
        format_func=lambda name: on_button(text(f"attention.contrast.{name}", lang)),
        on_change=_take,
        wrap=True,
    )


def _take() -> None:
    if name := st.session_state[EXAMPLE]:
        controls.take(setting(name))
    st.session_state[EXAMPLE] = None


def setting(name: str) -> Mapping[str, Value]:
    """Everything that a prepared setting puts: its own knobs, and the others back."""
    return {key: controls_of(CHAPTER)[key].default for key in (*TURNED, *PLACES)} | dict(CONTRASTS[name])
