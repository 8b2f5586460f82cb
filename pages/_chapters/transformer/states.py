"""The states after the last layer and what they predict, folded below the drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks
from pages._ui.memo import memoized
from pages._ui.words import formula
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from pages._ui.reading import Reading
    from pages._ui.shell import View

STATE = QUANTITIES.state("transformer").key


def inside(view: View, reading: Reading) -> None:
    """Both charts, made when they are opened."""
    lang, trace = view.lang, reading.trace
    folded = st.expander(text("transformer.states", lang), key="states", on_change="rerun")
    if not folded.open:
        return
    words, glosses = zip(*((token.text, token.gloss) for token in trace.tokens), strict=True)
    with folded:
        drawn = memoized(figures.heatmap, trace.layers.layers[-1][0], STATE, words, glosses=glosses, **view.style)
        blocks.picture(view, memoized(figures.with_cursor, drawn, reading.step, "column", view.theme))
        blocks.picture(view, memoized(figures.next_word, trace, reading.step, count=5, **view.style))
        parity = text("transformer.parity", lang, gap=blocks.power(trace.layers.parity))
        st.html(f'<p class="method" lang="{lang}">{formula(parity)}</p>')
