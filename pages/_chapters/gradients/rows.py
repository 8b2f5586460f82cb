"""Pictures of several networks side by side: titles and drawings at one height, one legend and one method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks
from pages._ui.words import explained, formula
from rnn_core.figures import Legend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.shell import View
    from rnn_core.figures import Picture


def show(view: View, drawn: Sequence[Picture], *, said: bool = True, method: bool = True) -> None:
    """Draw them in a row.

    What is to be seen stands under each drawing, since it takes more lines in one than in another.

    Args:
        view: the page.
        drawn: pictures of one kind.
        said: whether each says what is to be seen; not where a sentence above has said it of all.
        method: whether it is said how they were made; not where the same stands at a picture above.
    """
    common = shared([one.legend for one in drawn if one.legend])
    if common:
        st.html(blocks.legend(view, common))
    for column, one in zip(st.columns(len(drawn), gap="medium"), drawn, strict=True):
        with column:
            st.html(f'<h3 class="section" lang="{view.lang}">{explained(one.title, view.lang)}</h3>')
            blocks.chart(view, one)
            own = "" if common or not one.legend else blocks.legend(view, one.legend)
            finding = f'<p class="finding" lang="{view.lang}">{explained(one.finding, view.lang)}</p>' if said else ""
            if own or finding:
                st.html(own + finding)
    if method:
        st.html(f'<p class="method" lang="{view.lang}">{formula(drawn[0].method)}</p>')


def shared(legends: Sequence[Legend]) -> Legend | None:
    """The one legend of several pictures: the signs of any of them; None where a sign or a scale means two things."""
    if not legends:
        return None
    scales = {(legend.symbol, legend.scale, legend.low, legend.high) for legend in legends}
    marks = dict.fromkeys(mark for legend in legends for mark in legend.marks)
    if len(scales) > 1 or len({(mark.glyph, mark.color) for mark in marks}) < len(marks):
        return None
    ((symbol, scale, low, high),) = scales
    return Legend(symbol, scale, low, high, tuple(marks))
