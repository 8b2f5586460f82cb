"""The pictures: what is recorded of the most active units, one unit by its number, and where two networks differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.your_model import NONE, choosing, computed
from pages._ui import blocks, controls
from pages._ui.memo import memoized
from pages._ui.words import on_button, plain
from rnn_core import QUANTITIES, figures
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._chapters.your_model.settings import Chosen
    from pages._ui.shell import View
    from rnn_core import Quantity
    from rnn_core.figures import Picture
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.recurrent.trace import LayerTrace


def quantity(view: View, trace: ModelTrace) -> Quantity:
    """The control of the quantity, and what is chosen; the state where the cell does not have it."""
    rows = {row.key: row for row in QUANTITIES.of(trace.layers.cell)}
    last = QUANTITIES.state(trace.layers.cell)
    asked = view.text("quantity")
    if asked not in rows:
        view.correct("quantity", last.key)
    found = rows.get(asked, last)
    controls.keep("quantity", found.key, tuple(rows))
    st.pills(
        text("controls.quantity.label", view.lang),
        list(rows),
        key="quantity",
        required=True,
        wrap=True,
        format_func=lambda key: on_button(controls.option_name("quantity", key, view.lang)),
    )
    return found


def units(view: View, trace: ModelTrace, row: Quantity) -> None:
    """The map of the chosen quantity: all units, or where they are many the most active ones."""
    blocks.picture(view, _map(view, trace.layer(), row, trace, ()))


def one_unit(view: View, trace: ModelTrace, row: Quantity) -> None:
    """One unit by its number, beside the most active ones."""
    layer = trace.layer()
    size, asked = layer[row.key].shape[1], view.whole("unit", 1)
    if asked > size:
        st.warning(text("your_model.no_unit", view.lang, given=asked, last=size))
        asked = size
    blocks.part(view, "your_model.unit")
    controls.number("unit", view.lang, width=160)
    lively = computed.liveliest(layer[row.key], computed.LINES)
    shown = (asked - 1, *(unit for unit in lively if unit != asked - 1))[: computed.LINES]
    drawn = memoized(figures.unit_lines, layer, row.key, _tokens(trace), shown, suffix="_units", **_style(view, trace))
    blocks.picture(view, drawn)


def beside(view: View, chosen: Chosen, trace: ModelTrace, row: Quantity) -> None:
    """Another network on the same input: its map, and where the two differ if their units can be told one from one."""
    blocks.part(view, "your_model.beside")
    choosing.network(view, "beside", without=chosen.file.name)
    name = view.text("beside")
    if name in (NONE, chosen.file.name):
        return
    with blocks.errors_shown(view):
        found = computed.opened(name)
        part = found.part(0)
        other = computed.run(chosen, replace(chosen.setup.of(name), part=0))
        mine, theirs = trace.layer(), other.layer()
        if part.cell != chosen.part.cell:
            st.html(
                _quiet(
                    view,
                    text("your_model.apart.kind", view.lang, one=chosen.part.cell.upper(), other=part.cell.upper()),
                )
            )
            return
        drawn = _map(view, theirs, row, other, (mine,))
        blocks.picture(
            view, replace(drawn, title=f"{drawn.title} · {choosing.named(name, view.lang)}", key=f"{row.key}_other")
        )
        if (mine[row.key].shape, part.inputs) != (theirs[row.key].shape, chosen.part.inputs):
            st.html(_quiet(view, text("your_model.apart.size", view.lang)))
            return
        blocks.picture(view, memoized(figures.difference, mine, theirs, row.key, _tokens(trace), **_style(view, trace)))


def _map(view: View, layer: LayerTrace, row: Quantity, trace: ModelTrace, compare: tuple[LayerTrace, ...]) -> Picture:
    values = layer[row.key]
    only = computed.liveliest(values, computed.DRAWN) if values.shape[1] > computed.DRAWN else None
    return memoized(figures.heatmap, layer, row.key, _tokens(trace), only=only, compare=compare, **_style(view, trace))


def _tokens(trace: ModelTrace) -> tuple[str, ...]:
    return tuple(token.text for token in trace.tokens)


def _style(view: View, trace: ModelTrace) -> dict[str, object]:
    return {"glosses": tuple(token.gloss for token in trace.tokens), **view.style}


def _quiet(view: View, said: str) -> str:
    return f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>'
