"""The knobs of /gradients, and the settings of them that are a click away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.gradients import inputs
from pages._chapters.gradients.inputs import NONE, OWN
from pages._ui import blocks, contrasts, controls, network
from pages._ui.address import CONTROLS, State
from pages._ui.contrasts import Contrast
from pages._ui.words import meanings
from rnn_core.figures.captions import number
from rnn_core.messages import text
from rnn_core.models.sentence_spec import UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.shell import View

TWENTIETHS, HALVES = 0.05, 0.5
LIMITS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
# Found by search; the page's tests measure what they do.
SCALE = 1.5  # of the identity that the ReLU network starts from: 10¹⁰ of the gradient comes back over 60 words
GROWING: State = {"weights": "fresh", "start": "identity", "act": "relu", "rho": SCALE}
UNIT_READ: State = {"loss": "unit", "unit": UNIT + 1, "fbias": OWN, "whose": "rnn", "t": None}  # as the drawing says
USUAL: State = {"start": OWN, "act": "tanh", "fbias": OWN, "theta": NONE, "loss": "reply", "t": None}
CONTRASTS = (
    Contrast("vanish", {"weights": "trained", "rho": OWN}, silent={**USUAL, "whose": "rnn"}),
    Contrast("explode", GROWING, silent={**UNIT_READ, "theta": NONE}),
    Contrast("clip", {**GROWING, "theta": 1.0}, silent=UNIT_READ),
    Contrast("saturate", {"weights": "trained", "rho": 3.0, "act": "tanh"}, silent={**USUAL, "whose": "rnn"}),
    Contrast("gate", {"weights": "fresh", "fbias": 3.0}, silent={**USUAL, "rho": OWN, "whose": "lstm"}),
)


def choose(view: View) -> None:
    """The few knobs in sight, the last of them the one that has been turned; the prepared settings, and all others."""
    lang, knobs = view.lang, {"theta": _threshold, "fbias": _bias, "rho": _radius}
    turned = next((key for key in ("theta", "fbias") if view.state[key] not in (OWN, NONE)), "rho")
    with blocks.control_row():
        controls.sentence("text", lang)
        controls.choice("length", lang)
        controls.choice("weights", lang)
        knobs.pop(turned)(view)
        spec = inputs.known(view)
        named = spec is not None and network.is_named(spec.weights)
        if named:
            network.parts(view, spec)
    with st.container(key="prepared", horizontal=True):
        blocks.more(
            view, *(() if named else ("cell", "hidden", "seed")), *knobs.values(), "start", "act", "loss", _place
        )
        contrasts.row(view, CONTRASTS)


def _threshold(view: View) -> None:
    _real(view, "theta", (NONE, *(limit for limit in LIMITS if limit >= 1)))


def _radius(view: View) -> None:
    _real(view, "rho", (OWN, *_steps("rho", TWENTIETHS)))


def _bias(view: View) -> None:
    _real(view, "fbias", (OWN, *_steps("fbias", HALVES)))


def _place(view: View) -> None:
    """What a loss needs to be named: a word, and of a unit which."""
    last = inputs.count(view)
    if view.state["loss"] != "reply" and last:
        controls.keep("read", inputs.known_place(view, "read"), last)
        st.number_input(text("controls.read.label", view.lang), CONTROLS["read"].low, last, None, key="read", step=1)
    if view.state["loss"] == "unit":
        controls.number("unit", view.lang)


def limit(view: View, key: str) -> None:
    """A threshold, on steps that grow."""
    _real(view, key, LIMITS)


def place(view: View, key: str) -> None:
    """A number of the cliff, on steps of a twentieth."""
    _real(view, key, _steps(key, TWENTIETHS))


def _steps(key: str, size: float) -> tuple[float, ...]:
    row = CONTROLS[key]
    return tuple(round(row.low + step * size, 2) for step in range(round((row.high - row.low) / size) + 1))


def _real(view: View, key: str, options: Sequence[str | float]) -> None:
    """A number on a slider with a name among its steps; one that the address names beside them has a step too."""
    lang, asked = view.lang, view.state[key]
    if asked not in options and not isinstance(asked, str) and asked is not None:
        named = [option for option in options if isinstance(option, str)]
        options = [*named, *sorted({asked, *(option for option in options if not isinstance(option, str))})]
    controls.keep(key, asked, tuple(options))
    label = text(f"controls.{key}.label", lang)
    st.select_slider(
        label,
        options,
        key=key,
        help=meanings(label, lang),
        format_func=lambda option: (
            controls.option_name(key, option, lang) if isinstance(option, str) else number(option)
        ),
        width=200,
    )
