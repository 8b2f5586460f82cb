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
    from collections.abc import Mapping

    from pages._chapters.attention.decoded import Array, Decoded
    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.translation.attribution import Attribution

MEASURES = ("gradient", "deletion")


def study(view: View, shown: Decoded) -> None:
    """For the chosen word a bar a source word; for all words how far the orders agree."""
    lang, step = view.lang, shown.step
    source, target = shown.source(lang), shown.target(lang)
    if len(source.tokens) == 1:
        st.html(f'<p class="quiet" lang="{lang}">{plain(text("explanation.no_order", lang))}</p>')
        return
    found = computed.explained(shown.spec, decoded.letters(shown), decoded.forced(view))
    agreement = {} if shown.weights is None else memoized(_agreement, found, shown.raw, shown.head)
    agreed = [agreement.get(name, np.full(len(target.tokens), np.nan)) for name in MEASURES]
    one = figures.explanation(
        None if shown.weights is None else shown.weights[step],
        found.gradient_share[step],
        found.fall[step],
        (float(agreed[0][step]), float(agreed[1][step])),
        source,
        shown.word(step),
        theme=view.theme,
    )
    if shown.weights is None:
        blocks.picture(view, one)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        blocks.picture(view, one)
    with right:
        blocks.picture(view, memoized(figures.agreement, *agreed, target, theme=view.theme))


def _agreement(found: Attribution, raw: ModelTrace, head: int | None) -> Mapping[str, Array]:
    """How far the order of the shown head's weights agrees with what is measured, at each step."""
    return found.agreement_with(decoded.weights_of(raw, head))
