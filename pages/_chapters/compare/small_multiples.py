"""Small multiples: one picture a network, in rows of three, on one scale, which is explained once."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks
from pages._ui.words import formula, plain
from rnn_core import lineup
from rnn_core.figures import Legend, called
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages._ui.shell import View
    from rnn_core.figures import Picture
    from rnn_core.lineup import Compared
    from rnn_core.quantities import Cell

ROW = 3  # pictures beside each other at a desk


def heading(view: View, title: str, finding: str, legend: str = "", above: str = "") -> None:
    """What all pictures of a group show, what is to be seen when they are compared, and what their colours mean."""
    named = f'<h3 class="section" lang="{view.lang}">{formula(title)}</h3>'
    said = f'<p class="finding" lang="{view.lang}">{formula(finding)}</p>'
    st.html(above + named + said + legend)


def multiples(
    view: View,
    title: str,
    finding: str,
    pictures: Mapping[Cell, Picture],
    specs: Mapping[Cell, Compared],
    notes: Mapping[Cell, str] = MappingProxyType({}),
    above: str = "",
) -> None:
    """The pictures of all networks under one heading, one finding and one legend.

    Args:
        view: the page.
        title: what all of them show.
        finding: what is to be seen when they are compared.
        pictures: network → its own; each keeps its own finding as what it says to those who do not see it.
        specs: network → what it is exactly.
        notes: network → what is said beside its name.
        above: HTML that stands before all.
    """
    legend = shared([picture.legend for picture in pictures.values() if picture.legend])
    heading(view, title, finding, blocks.legend(view, legend) if legend else "", above)
    over = {cell: f'<p class="quiet" lang="{view.lang}">{plain(note)}</p>' for cell, note in notes.items()}
    _rows(view, title, pictures, specs, over)


def alone(
    view: View,
    title: str,
    method: str,
    draw: Callable[[], Mapping[Cell, Picture]],
    specs: Mapping[Cell, Compared],
) -> None:
    """The same folded, each on a scale of its own, which stands over it; drawn when it is opened."""
    folded = st.expander(title, key="alone", on_change="rerun")
    if not folded.open:
        return
    with folded:
        pictures = draw()
        # The signs are explained over the pictures on one scale; a second line would push some charts down.
        keys = {
            cell: blocks.legend(view, replace(picture.legend, marks=()))
            for cell, picture in pictures.items()
            if picture.legend
        }
        _rows(view, title, pictures, specs, keys)
        st.html(f'<p class="method" lang="{view.lang}">{formula(method)}</p>')


def _rows(
    view: View,
    title: str,
    pictures: Mapping[Cell, Picture],
    specs: Mapping[Cell, Compared],
    over: Mapping[Cell, str],
) -> None:
    """The pictures, each under its network's name and the HTML that stands over it."""
    every = list(pictures.items())
    for first in range(0, len(every), ROW):
        for column, (cell, picture) in zip(st.columns(ROW, gap="medium"), every[first : first + ROW], strict=False):
            with column:
                name = text("compare.name", view.lang, cell=called(cell, view.lang), units=lineup.units(specs[cell]))
                st.html(f'<p class="network cell-{cell}">{plain(name)}</p>{over.get(cell, "")}')
                said = text("compare.whose", view.lang, title=title, name=name)
                blocks.chart(view, replace(picture, title=said))


def shared(legends: list[Legend]) -> Legend | None:
    """One legend for all: the scale of the first, its ends as wide as any says, each sign that occurs anywhere once."""
    if not legends:
        return None
    first = legends[0]
    low, high = (max((getattr(one, end) for one in legends), key=len) for end in ("low", "high"))
    marks = {mark.glyph: mark for one in legends for mark in one.marks}
    return Legend(first.symbol, first.scale, low, high, tuple(marks.values()))
