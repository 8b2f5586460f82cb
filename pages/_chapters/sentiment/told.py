"""What is taken for what: the matrix, and beside it texts of the cell that was chosen in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.sentiment import computed
from pages._ui import blocks, controls
from pages._ui.memo import memoized
from pages._ui.words import markdown, plain
from rnn_core import figures
from rnn_core.figures.feeling_kinds import kind_name
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._chapters.sentiment.inputs import Found
    from pages._ui.address import State
    from pages._ui.shell import View

CHART = "chart_confusion"


def show(view: View, found: Found, field: str) -> None:
    """Draw the matrix and the texts.

    Args:
        view: the page.
        found: what is read on it.
        field: the control that holds the text.
    """
    kinds, cell = found.reading.trace.outputs, chosen(view, found)
    counts = computed.looked(found.spec).line["confusion"]
    names = [kind_name(kind, view.lang) for kind in kinds]
    drawn = memoized(
        figures.confusion, counts, computed.shares(found.spec), names, chosen=cell and cell[:2], **view.style
    )
    wide, beside = st.columns((3, 2), vertical_alignment="center")
    with wide:
        blocks.picture(view, drawn, lambda: _choose(kinds))
    with beside, st.container(key="told"):
        if cell is None:
            _say(view, text("confusion.choose", view.lang))
        else:
            _texts(view, found, cell, field)


def chosen(view: View, found: Found) -> tuple[int, int] | None:
    """The cell that the address names, by its row and its column; None where this task has no such one."""
    kind, _, answer = str(view.state["taken"] or "").partition(".")
    kinds = found.reading.trace.outputs
    return (kinds.index(kind), kinds.index(answer)) if kind in kinds and answer in kinds else None


def to_read(field: str, example: str) -> State:
    """What is set so that a text is read, and asked of."""
    return {field: example, "t": None, "guess_settled": None}


def _choose(kinds: tuple[str, ...]) -> None:
    points = st.session_state[CHART].selection.points
    if points:
        st.session_state["taken"] = ".".join(kinds[round(points[0][axis]) - 1] for axis in ("y", "x"))


def _texts(view: View, found: Found, cell: tuple[int, int], field: str) -> None:
    kind, answer = (found.reading.trace.outputs[place] for place in cell)
    looked = computed.looked(found.spec)
    listed = looked.examples.get(kind, {}).get(answer, [])
    names = {"feeling": kind_name(kind, view.lang), "answer": kind_name(answer, view.lang)}
    said = "confusion.of_right" if kind == answer else "confusion.of"
    _say(view, text(said, view.lang, **names, count=looked.line["confusion"][cell[0]][cell[1]]))
    for at, example in enumerate(listed):
        st.button(
            markdown(example),
            key=f"told_{at}",
            type="tertiary",
            on_click=controls.take,
            args=(to_read(field, example),),
        )
    if not listed:
        _say(view, text("confusion.unshown", view.lang))


def _say(view: View, said: str) -> None:
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')
