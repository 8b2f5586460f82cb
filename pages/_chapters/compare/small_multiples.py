"""Small multiples: one picture a network, in rows of three, on one scale, which is explained once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks
from pages._ui.words import formula, plain
from rnn_core import lineup
from rnn_core.figures import Legend, called
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View
    from rnn_core.figures import Picture
    from rnn_core.lineup import Compared
    from rnn_core.quantities import Cell

ROW = 3  # pictures beside each other at a desk


def multiples(
    view: View, title: str, finding: str, pictures: Mapping[Cell, Picture], specs: Mapping[Cell, Compared]
) -> None:
    """The pictures of all networks with one finding and one legend.

    Args:
        view: the page.
        title: what all of them show.
        finding: what is to be seen when they are compared.
        pictures: network → its own; each keeps its own finding as what it says to those who do not see it.
        specs: network → what it is exactly.
    """
    legend = shared([picture.legend for picture in pictures.values() if picture.legend])
    said = f'<p class="finding" lang="{view.lang}">{formula(finding)}</p>'
    st.html(said + (blocks.legend(view, legend) if legend else ""))
    every = list(pictures.items())
    for first in range(0, len(every), ROW):
        for column, (cell, picture) in zip(st.columns(ROW, gap="medium"), every[first : first + ROW], strict=False):
            with column:
                name = text("compare.name", view.lang, cell=called(cell, view.lang), units=lineup.units(specs[cell]))
                st.html(f'<p class="network cell-{cell}">{plain(name)}</p>')
                blocks.chart(view, replace(picture, title=text("compare.whose", view.lang, title=title, name=name)))


def shared(legends: list[Legend]) -> Legend | None:
    """One legend for all: the scale of the first, its ends as wide as any says, each sign that occurs anywhere once."""
    if not legends:
        return None
    first = legends[0]
    low, high = (max((getattr(one, end) for one in legends), key=len) for end in ("low", "high"))
    marks = {mark.glyph: mark for one in legends for mark in one.marks}
    return Legend(first.symbol, first.scale, low, high, tuple(marks.values()))
