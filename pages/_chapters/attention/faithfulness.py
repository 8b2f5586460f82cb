"""Is attention an explanation? What it looked at, beside what measurably moves the output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages._chapters.attention import computed, decoded
from pages._ui import blocks
from pages._ui.memo import memoized
from pages._ui.words import plain
from rnn_core import figures
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._chapters.attention.decoded import Decoded
    from pages._ui.shell import View

MEASURES = ("gradient", "deletion")


def study(view: View, shown: Decoded) -> None:
    """For the chosen word a bar a source word; for all words how far the orders agree."""
    lang, step = view.lang, shown.step
    source, target = shown.source(lang), shown.target(lang)
    if len(source.tokens) == 1:
        st.html(f'<p class="quiet" lang="{lang}">{plain(text("explanation.no_order", lang))}</p>')
        return
    found = computed.explained(shown.spec, decoded.letters(shown), decoded.forced(view))
    agreed = [found.agreement.get(name, np.full(len(target.tokens), np.nan)) for name in MEASURES]
    weights = None if shown.weights is None else memoized(decoded.mean_weights, shown.raw)[step]
    one = figures.explanation(
        weights,
        found.gradient_share[step],
        found.fall[step],
        (float(agreed[0][step]), float(agreed[1][step])),
        source,
        shown.word(step),
        theme=view.theme,
    )
    if weights is None:
        blocks.picture(view, one)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        blocks.picture(view, one)
    with right:
        blocks.picture(view, memoized(figures.agreement, *agreed, target, theme=view.theme))
