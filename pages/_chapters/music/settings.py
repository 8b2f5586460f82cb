"""What the address of /music asks for: how a melody begins, which network goes on with it, and how boldly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.music import OWN, computed
from pages._ui import controls
from pages._ui.contrasts import Contrast
from rnn_core.messages import text
from rnn_core.tasks.music.melodies import find_melody
from rnn_core.tasks.music.notation import read_notes
from rnn_core.tasks.music.spec import MusicSpec

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.models.composing import Composed

OFFERED = (0.0, 0.5, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0)
"""Where the slider stops; the address takes whatever lies between."""
CONTRASTS = (
    Contrast("cold", {"temperature": 0.0}),
    Contrast("hot", {"temperature": 2.0}),
    Contrast("minor", {"begins": "bwv244.44", "temperature": 1.0}),
)


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and what came of it."""

    spec: MusicSpec
    composed: Composed


def choose(view: View) -> None:
    """The few controls in sight."""
    lang, warm = view.lang, view.real("temperature", 1.0)
    controls.choice("begins", lang)
    controls.choice("cell", lang)
    stops = sorted({*OFFERED, warm})
    controls.keep("temperature", warm, tuple(stops))
    st.select_slider(
        text("controls.temperature.label", lang),
        stops,
        key="temperature",
        format_func=lambda one: f"{one:g}",
        width=140,
    )
    st.button(text("music.again", lang), key="again", on_click=_again)


def _again() -> None:
    st.session_state["seed"] = st.session_state.get("seed", 0) + 1


def network(view: View) -> MusicSpec:
    """The network that the address names."""
    return MusicSpec.model_validate({"cell": view.state["cell"]})


def read(view: View) -> Asked:
    """Go on as the address asks for.

    Raises:
        KiokuError: a beginning of the reader's own that is none, or weights that can't be loaded.
    """
    spec, begins = network(view), view.text("begins")
    given = read_notes(view.text("melody")) if begins == OWN else find_melody(begins).first_phrase
    return Asked(spec, computed.compose(spec, given, view.real("temperature", 1.0), view.whole("seed", 0)))
