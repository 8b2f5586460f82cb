"""Draw the curve that you expect of a cell, then see the measured one.

What was drawn is in the address: `curve=-6_-4.5_-1`, by how many powers of ten the gradient has changed at places
spread evenly from the first word to the loss (where it is 0), or `curve=skip`. It belongs to the settings that it was
drawn for, and stays as it was drawn: the chart shows shares of what there is at the loss too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages._ui import blocks, controls
from pages._ui.address import literal
from pages._ui.components.gradient_curve import NOTCHES, gradient_curve
from pages._ui.controls import SKIP
from pages._ui.words import plain
from rnn_core.gradients import decay
from rnn_core.messages import text
from rnn_core.models.sentence_spec import MAX_WORDS
from rnn_core.quantities import Cell

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pages._chapters.gradients.inputs import Asked
    from pages._ui.predict import Verdict
    from pages._ui.shell import View

    Float64 = NDArray[np.float64]

MOST = 7  # handles, the given one included
SHAPE = re.compile(r"-?\d{1,3}(\.\d{1,3})?(_-?\d{1,3}(\.\d{1,3})?){0,11}", re.ASCII)
DECADES = {
    12: (-8, 4),
    60: (-36, 12),
    200: (-120, 40),
}  # by how many words: wider than any answer, and not centred on it


@dataclass(frozen=True, eq=False)
class Guess:
    """What the reader drew.

    Attributes:
        cell: whose curve.
        revealed: the picture may be shown.
        curve: (T,) shares of what there is at the loss, NaN after it; None where nothing was drawn.
    """

    cell: Cell
    revealed: bool
    curve: Float64 | None = None


def ask(view: View, asked: Asked) -> Guess:
    """Ask for the curve, as long as it has not been drawn. With no word before the loss there is nothing to draw."""
    said, lang = view.text("curve"), view.lang
    cell = next((cell for cell in asked.cells if cell == view.state["whose"]), asked.cells[0])
    if said == SKIP or asked.at == 0:
        return Guess(cell, revealed=True)
    blocks.part(view, "gradients.predict", cell=cell.upper())
    if SHAPE.fullmatch(said):
        exponents = [float(value) for value in said.split("_")]
        return Guess(cell, revealed=True, curve=spread([*exponents, 0.0], len(asked.words), asked.at))
    if said:
        st.warning(text("gradients.no_curve", lang, given=literal(said)))
    handles = places(asked.at)
    with st.container(key="predict_curve"):
        st.html(f'<p class="lead" lang="{lang}">{plain(text("predict.first", lang))}</p>')
        if len(asked.cells) > 1:
            controls.choice("whose", lang)
        words = [asked.words[place] for place in handles]
        gradient_curve(lang, words, handles, ends(len(asked.words)), cell=cell, on_curve_change=_say)
    return Guess(cell, revealed=False)


def ends(steps: int) -> tuple[int, int]:
    """The ends of the strip for so many words, as exponents of 10."""
    return next((found for most, found in DECADES.items() if steps <= most), DECADES[MAX_WORDS])


def verdict(drawn: Guess, share: float, steps: int) -> Verdict | None:
    """How near the curve's end at the first word is to the measured share; None where nothing was drawn."""
    if drawn.curve is None:
        return None
    low, high = ends(steps)
    return decay.judge(share, float(drawn.curve[0]), (low, high), (high - low) / NOTCHES)


def places(at: int) -> list[int]:
    """The words (0-based) that have a handle, from the first to the one at the loss.

    Example:
        >>> places(3), places(59)
        ([0, 1, 2, 3], [0, 10, 20, 30, 39, 49, 59])
    """
    return sorted({round(float(place)) for place in np.linspace(0, at, min(MOST, at + 1))})


def spread(exponents: list[float], steps: int, at: int) -> Float64:
    """The curve through its points, even in the logarithm, (T,): what the guess is at every word up to the loss.

    Example:
        >>> spread([-2.0, 0.0], 4, 2)
        array([0.01, 0.1 , 1.  ,  nan])
    """
    curve = np.full(steps, np.nan)
    points = np.linspace(0, at, len(exponents))
    with np.errstate(over="ignore", under="ignore"):
        curve[: at + 1] = 10.0 ** np.clip(np.interp(np.arange(at + 1), points, exponents), -300, 300)
    return curve


def again(view: View) -> None:
    """The way back to the question."""
    st.button(text("predict.again", view.lang), key="again_curve", type="tertiary", on_click=_say, args=("",))


def _say(curve: str) -> None:
    st.session_state["curve"] = curve
