"""Units with a meaning: which follow a property of the text, and what is lost once they are clamped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.text_generation import computed
from pages._ui import blocks, controls
from pages._ui.memo import memoized
from rnn_core import figures

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.models.meanings import Scores
    from rnn_core.specs import ModelSpec


def show(view: View, spec: ModelSpec) -> None:
    """Draw the part."""
    blocks.part(view, "text_generation.units", anchor="units")
    scores = computed.unit_scores(spec)
    with st.container(key="units_row", horizontal=True, vertical_alignment="bottom"):
        controls.choice("follows", view.lang, only=tuple(row.key for row in scores))
        controls.choice("clamped", view.lang)
    one = chosen(view, scores)
    found = computed.clamp(spec, scores, one.key, view.whole("clamped", 4))
    blocks.picture(view, memoized(figures.unit_meaning, scores, found, spec.cell, **view.style))
    blocks.picture(view, memoized(figures.unit_clamped, found, spec.cell, **view.style))


def chosen(view: View, scores: tuple[Scores, ...]) -> Scores:
    """The property that the address names; the first of the task where it has no such one."""
    return next((row for row in scores if row.key == view.state["follows"]), scores[0])
