"""The pictures of /bidirectional below its drawing: the scores, what reaches where, and how far must be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.bidirectional import computed as cache
from pages._ui import blocks
from pages._ui.contents import CHAPTERS
from pages._ui.memo import memoized
from pages._ui.words import formula, plain
from rnn_core import figures
from rnn_core.figures.influence_sides import SIDES
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.bidirectional.inputs import Reading
    from pages._ui.shell import View
    from rnn_core.figures import Picture


def scores(view: View, reading: Reading) -> None:
    """The scores of all characters, folded: made when they are opened."""
    folded = st.expander(text("bidirectional.scores", view.lang), key="scores", on_change="rerun")
    if folded.open:
        with folded:
            blocks.picture(view, memoized(figures.tag_scores, reading.seen, **view.style))
            if reading.later == "own":
                blocks.parity(view, reading.own.layers)


def reach(view: View, reading: Reading) -> None:
    """The three maps side by side, under one heading: to the left, to the right, to both sides."""
    lang, found = view.lang, cache.influences(reading.text)
    maps: dict[str, Picture] = {
        side: memoized(figures.influence_side, side, getattr(found, side), reading.text, lang=lang, theme=view.theme)
        for side in SIDES
    }
    scores = maps["scores"].finding
    said = text("bidirectional.reach_finding", lang, scores=scores) if len(reading.own) > 1 else scores
    legend = blocks.legend(view, shared_legend(maps))
    st.html(f'<p class="finding" lang="{lang}">{formula(said)}</p>{legend}')
    for column, one in zip(st.columns(len(maps), gap="medium"), maps.values(), strict=True):
        with column:
            st.html(f'<p class="network cell-lstm" lang="{lang}">{plain(one.title)}</p>')
            blocks.chart(view, one)
    st.html(f'<p class="method" lang="{lang}">{formula(text("bidirectional.reach_method", lang))}</p>')


def shared_legend(maps: Mapping[str, Picture]) -> figures.Legend:
    """One legend for all maps: the ends as wide as any says, and each sign that occurs anywhere once."""
    legends = [one.legend for one in maps.values() if one.legend]
    low, high = (max((getattr(one, end) for one in legends), key=len) for end in ("low", "high"))
    marks = {mark.glyph: mark for one in legends for mark in one.marks}
    return replace(legends[0], symbol="‖∂/∂<i>x</i><sub>s</sub>‖", low=low, high=high, marks=tuple(marks.values()))


def revealed(view: View, reading: Reading) -> None:
    """How far must be read until each decision stands: every beginning, folded."""
    if len(reading.own) == 1:
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(text("bidirectional.one_character", view.lang))}</p>')
        return
    folded = st.expander(text("bidirectional.revealed", view.lang), key="beginnings", on_change="rerun")
    if folded.open:
        drawn = memoized(figures.revealed, cache.revealed(reading.text), lang=view.lang, theme=view.theme)
        with folded:
            blocks.picture(view, drawn)


def whole_sentences(view: View) -> None:
    """The way to the chapter in which both directions judge whole sentences."""
    row = next(row for row in CHAPTERS if row.name == "sentiment")
    st.page_link(row.script, label=text("bidirectional.whole_sentences", view.lang))
