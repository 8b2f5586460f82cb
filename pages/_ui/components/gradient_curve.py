"""A strip on which the reader draws the curve that they expect: with the pointer, or with the arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.components.assets import component
from rnn_core.messages import template
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LABELS = ("title", "loss", "hint", "left", "unset", "commit", "skip", "value")
LONGEST = 8  # characters of a word
NOTCHES, BESIDE = 24, [0.02, 0.02]  # of the axis; of the words' extent, before and after them, as in the chart

_render = component("gradient_curve", "curve")


def gradient_curve(
    lang: str,
    words: Sequence[str],
    places: Sequence[int],
    decades: tuple[int, int],
    *,
    key: str = "gradient_curve",
    cell: str,
    on_curve_change: Callable[[str], None],
) -> None:
    """Draw the strip.

    Args:
        lang: "ja" or "en".
        words: those that have a handle; the last one is at the loss, and given.
        places: their numbers in the sentence, 0-based.
        decades: the ends of the axis, exponents of 10 around what there is at the loss.
        key: the widget's key.
        cell: whose curve it is.
        on_curve_change: called with what was drawn, exponents joined by "_" (the last one, 0, left out), or "skip".
    """
    data = {
        "words": [shorten(word, LONGEST) for word in words],
        "steps": [place + 1 for place in places],
        "low": decades[0],
        "high": decades[1],
        "notches": NOTCHES,
        "given": len(words) - 1,
        "value": 0,
        "shares": False,
        "beside": BESIDE,
        "text": {  # the messages' {places} are filled in the browser
            name: template(f"gradient_curve.{name}", lang).replace("{cell}", cell.upper()) for name in LABELS
        },
    }

    def tell() -> None:
        spot = st.session_state[key].get("spot")
        if isinstance(spot, str) and spot:
            on_curve_change(spot)

    _render(key=key, data=data, default={"spot": None}, on_spot_change=tell)
