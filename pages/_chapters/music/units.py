"""Units with a meaning: which follow what no network is told, and what melodies lose once they are clamped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.music import computed
from pages._ui import blocks, controls
from pages._ui.memo import memoized
from rnn_core import figures

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.tasks.music.spec import MusicSpec


def show(view: View, spec: MusicSpec) -> None:
    """Draw the part."""
    blocks.part(view, "music.units", anchor="units")
    scores = computed.unit_scores(spec)
    with st.container(key="units_row", horizontal=True, vertical_alignment="bottom"):
        controls.choice("follows", view.lang)
        controls.choice("clamped", view.lang)
    found = computed.clamp(spec, scores, view.text("follows"), view.whole("clamped", 4))
    blocks.picture(view, memoized(figures.unit_meaning, scores, found, spec.cell, **view.style))
    blocks.picture(view, memoized(figures.unit_clamped, found, spec.cell, **view.style))
