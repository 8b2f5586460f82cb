"""What the reader looks at in a cell: which quantity, which unit, the units in which order; and their controls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import cache, controls
from pages._ui.memo import memoized
from pages._ui.words import on_button, plain
from rnn_core import QUANTITIES, figures
from rnn_core.figures.words import TOKEN_LANGUAGE
from rnn_core.messages import text
from rnn_core.statistics import comparison
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from pages._ui.address import State
    from pages._ui.components.place import Spot
    from pages._ui.reading import Reading
    from pages._ui.shell import View
    from rnn_core import Quantity
    from rnn_core.figures import Picture
    from rnn_core.quantities import Cell
    from rnn_core.recurrent.trace import LayerTrace

LONGEST = 12  # characters of a word on a button
LINES = 6  # that many lines can be told apart


@dataclass(frozen=True)
class Chosen:
    """The reader's choice, as far as the network has it.

    Attributes:
        quantity: the row of the table.
        unit: 0-based.
        order: the units from top to bottom, or None for their own order.
        tokens: the words.
        glosses: their meanings.
    """

    quantity: Quantity
    unit: int
    order: tuple[int, ...] | None
    tokens: tuple[str, ...]
    glosses: tuple[str, ...]

    def names(self, lang: str) -> dict[int, str]:
        """The words by their places, 1-based, as a row of buttons shows them: with a gloss where it helps."""
        glosses = self.glosses if lang != TOKEN_LANGUAGE else ("",) * len(self.tokens)
        named = {}
        for place, (token, gloss) in enumerate(zip(self.tokens, glosses, strict=True), 1):
            number = str(place) if self.tokens.count(token) > 1 else ""
            named[place] = " ".join(filter(None, (shorten(token, LONGEST), gloss, number)))
        return named


def chosen(view: View, reading: Reading) -> Chosen:
    """The choice that the address names; a unit that the network does not have is replaced by its last, and said."""
    trace, state = reading.shown, view.state
    rows = {row.key: row for row in QUANTITIES.of(trace.layers.cell)}
    *_, last = rows.values()  # what a cell computes last is what it remembers
    values = trace.layer()[last.key]  # (T, H)
    asked, units = int(state["unit"] or 1), values.shape[1]
    if asked > units:
        st.warning(text("cell.no_unit", view.lang, given=asked, last=units))
    return Chosen(
        quantity=rows.get(str(state["quantity"]), last),
        unit=min(asked, units) - 1,
        order=cache.similar(values) if state["order"] == "similar" else None,
        tokens=tuple(token.text for token in trace.tokens),
        glosses=tuple(token.gloss for token in trace.tokens),
    )


def rested(spot: Spot) -> State:
    """The controls where the reader rests in the drawing; the mean of all units leaves the unit as it was."""
    places = {"t": spot.step, "unit": spot.unit, "quantity": spot.quantity}
    return {key: place for key, place in places.items() if place is not None}


def choose(view: View, seen: Chosen, cell: Cell) -> None:
    """The controls of the quantity and the unit; a quantity that the cell lacks is no longer chosen, which is said."""
    lang, options = view.lang, [row.key for row in QUANTITIES.of(cell)]
    with st.container(key="choose", horizontal=True, vertical_alignment="bottom"):
        if view.text("quantity") != seen.quantity.key:
            controls.correct("quantity", seen.quantity.key)
        controls.keep("quantity", seen.quantity.key, options)
        st.pills(
            text("controls.quantity.label", lang),
            options,
            key="quantity",
            required=True,
            wrap=True,
            format_func=lambda option: on_button(controls.option_name("quantity", option, lang)),
        )
        controls.number("unit", lang, width=140)
    absent(view, "quantity", cell, "cell.instead")


def absent(view: View, key: str, cell: Cell, instead: str) -> None:
    """Say that the quantity which control `key` names is not one of this cell's."""
    asked = view.text(key)
    if asked in QUANTITIES and cell not in QUANTITIES[asked].forms:
        name = controls.option_name(key, asked, view.lang)
        said = text(
            "cell.absent", view.lang, cell=figures.called(cell, view.lang), name=name, instead=text(instead, view.lang)
        )
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')


def picture(
    view: View,
    seen: Chosen,
    layer: LayerTrace,
    *,
    others: tuple[LayerTrace, ...] = (),
    lines_of: LayerTrace,
    suffix: str = "",
) -> Picture:
    """The chosen quantity of a layer, as a map or as lines, on a scale that holds `others` too.

    The lines are the chosen unit's and those of the units that move most in `lines_of`.
    """
    key, style = seen.quantity.key, {"lang": view.lang, "theme": view.theme, "glosses": seen.glosses}
    if view.state["chart"] == "map":
        return memoized(
            figures.heatmap, layer, key, seen.tokens, order=seen.order, compare=others, suffix=suffix, **style
        )
    lively = comparison.liveliest(lines_of[key], LINES)
    units = (seen.unit, *(unit for unit in lively if unit != seen.unit))[:LINES]
    drawn = memoized(figures.unit_lines, layer, key, seen.tokens, units, compare=others, suffix=suffix, **style)
    return replace(drawn, method=text("cell.lines", view.lang, method=drawn.method))
