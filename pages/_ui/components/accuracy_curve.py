"""A strip on which the reader draws how often a network will be right: the same strip as for gradients, in percent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.components.assets import component
from rnn_core.messages import template, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LABELS = ("title", "hint", "left", "unset", "commit", "skip", "value")
NOTCHES, BESIDE = 20, [0.1, 0.36]  # of 100 %; of the lengths' extent, before and after them, as in the chart

_render = component("accuracy_curve", "curve")


def accuracy_curve(
    lang: str,
    lengths: Sequence[int],
    given: int,
    unit: str,
    *,
    key: str = "accuracy_curve",
    on_curve_change: Callable[[str], None],
) -> None:
    """Draw the strip.

    Args:
        lang: "ja" or "en".
        lengths: those that have a handle; the share of the first one is given.
        given: how many percent are right there.
        unit: by what the length is counted, "words" or "names".
        key: the widget's key.
        on_curve_change: called with what was drawn, percentages joined by "_" (the first one left out), or "skip".
    """
    data = {
        "words": [str(length) for length in lengths],
        "steps": list(lengths),
        "low": 0,
        "high": 100,
        "notches": NOTCHES,
        "given": 0,
        "value": given,
        "shares": True,
        "beside": BESIDE,
        "text": {name: template(f"accuracy_curve.{name}", lang) for name in LABELS}  # {places} are the browser's
        | {"axis": text(f"bottleneck.axis.{unit}", lang)},
    }

    def tell() -> None:
        spot = st.session_state[key].get("spot")
        if isinstance(spot, str) and spot:
            on_curve_change(spot)

    _render(key=key, data=data, default={"spot": None}, on_spot_change=tell)
