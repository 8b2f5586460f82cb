"""The guess of /gradients as the address has it, and the axis on which it is drawn.

`curve=-6_-4.5_-1`: by how many powers of ten the gradient has changed at places spread evenly from the first word to
the loss (where it is 0), or `curve=skip`. It belongs to the settings that it was drawn for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages._ui.address import literal
from pages._ui.components.gradient_trails import Axis
from pages._ui.controls import SKIP
from rnn_core.messages import text
from rnn_core.models.sentence_spec import MAX_WORDS

if TYPE_CHECKING:
    from pages._ui.shell import View

NOTCH = 2  # moves of a ring: what is nearer than half of it is right
MOST = 7  # places, the given one at the loss included
SHAPE = re.compile(r"-?\d{1,3}(\.\d{1,3})?(_-?\d{1,3}(\.\d{1,3})?){0,11}", re.ASCII)
# By how many words; the second where a ReLU may make it grow. No knob moves an axis, and none is centred on an answer.
AXES = {
    12: (Axis(1, -5, 1, 0.25), Axis(6, -6, 1, 0.5)),
    60: (Axis(3, -30, 5, 1), Axis(14, -14, 4, 1)),
    MAX_WORDS: (Axis(5, -100, 20, 5), Axis(40, -40, 10, 2)),
}


def read(view: View) -> str:
    """What was drawn, "skip", or "" where it is asked; what can't be read is asked again, and it is said."""
    said = view.text("curve")
    if said in ("", SKIP) or SHAPE.fullmatch(said):
        return said
    st.warning(text("gradients.no_curve", view.lang, given=literal(said)))
    view.correct("curve", "")
    return ""


def axis(words: int, *, grows: bool) -> Axis:
    """The axis of sizes for so many words."""
    return next(pair for most, pair in AXES.items() if words <= most)[grows]


def places(at: int) -> list[int]:
    """The words (0-based) that have a ring, from the first one on; the loss at `at` has none.

    Example:
        >>> places(3), places(59)
        ([0, 1, 2], [0, 10, 20, 30, 39, 49])
    """
    return sorted({round(float(place)) for place in np.linspace(0, at, min(MOST, at + 1))})[:-1]
