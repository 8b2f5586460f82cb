"""The pictures of /cell: its circuit, how far each word moves the state, its quantities, and what it costs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from pages._chapters.cell import selection, what_if
from pages._ui import blocks, cache, pin, predict
from pages._ui.components import cell
from pages._ui.memo import memoized
from pages._ui.reading import read
from pages._ui.words import formula
from rnn_core import QUANTITIES, KiokuError, figures
from rnn_core.messages import text
from rnn_core.quantities import MINIMAL

if TYPE_CHECKING:
    from pages._chapters.cell.selection import Chosen
    from pages._chapters.cell.what_if import Held
    from pages._ui.components.cell_circuit import Wires
    from pages._ui.reading import Reading
    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace


class Drawn(NamedTuple):
    """What a circuit is drawn of: the present state, or the one that it is compared with."""

    view: View
    reading: Reading
    seen: Chosen
    held: Held | None

    @property
    def traces(self) -> tuple[tuple[ModelTrace, Wires], ...]:
        """What it shows and its wires; while something is held, then also the same with nothing held."""
        part = (self.reading.part.layer, self.reading.part.direction)
        free = self.reading.shown
        shown = (cache.shown(self.held.trace, *part), free) if self.held else (free,)
        return tuple((trace, cache.wires(trace, *part)) for trace in shown)


def compared(view: View) -> Drawn | None:
    """What the state that is compared with shows; None where there is none, or nothing that can be drawn."""
    there = pin.pinned(view)
    with suppress(KiokuError):  # said where it is drawn
        return None if there is None else _read(there)
    return None


def _read(view: View) -> Drawn:
    reading = read(view)
    return Drawn(view, reading, selection.chosen(view, reading), what_if.held(view, reading))


def circuit(drawn: Drawn, beside: Drawn | None) -> None:
    """The cell at one step of one unit; the colours of `beside`, another state of the same cell, mean the same."""
    view, reading, seen, held = drawn
    (shown, wires), *free = drawn.traces
    same = beside is not None and beside.reading.trace.layers.cell == shown.layers.cell
    cell(
        view.lang,
        shown,
        wires,
        step=reading.step + 1,
        unit=seen.unit + 1,
        quantity=seen.quantity.key,
        order=seen.order,
        clamps=(held.shown,) if held else (),
        alongside=(*free, *(beside.traces if beside and same else ())),
        key=view.key("circuit"),
        on_step_change=lambda spot: pin.take(view, selection.rested(spot)),
    )


def pinned(view: View, known: Drawn | None, present: Drawn) -> None:
    """The cell of the state that the `present` one is compared with; what is `known` of it is not read again."""
    circuit(known or _read(view), present)


def gates(view: View, reading: Reading) -> None:
    """What the ends of each gate of the cell mean, a sentence each: a reader meets the gates here first."""
    said = text(f"cell.gates.{reading.trace.layers.cell}", view.lang)
    st.html(f'<p class="quiet" lang="{view.lang}">{formula(said)}</p>')


def conventions_said(view: View, reading: Reading) -> str:
    """In what PyTorch's cell differs from other texts, as HTML; "" for a cell that all write alike."""
    if reading.trace.layers.cell != "gru":
        return ""
    return f'<p class="quiet" lang="{view.lang}">{formula(text("cell.conventions", view.lang))}</p>'


def parity_said(view: View, reading: Reading, held: Held | None) -> str:
    """How far the numbers are from PyTorch's, as HTML: of the network in which nothing is held, which PyTorch knows."""
    if not held or reading.trace.layers.cell in MINIMAL:
        return blocks.parity_said(view, reading.trace.layers)
    said = text("cell.parity_free", view.lang, gap=blocks.power(reading.trace.layers.parity))
    return f'<p class="quiet" lang="{view.lang}">{formula(said)}</p>'


def movement(view: View, reading: Reading, seen: Chosen, above: str) -> bool:
    """Which word moves the state most: the question, under the HTML `above`, and once it is answered the picture.

    Returns:
        Whether it is answered: before that, nothing else on the page may give it away.
    """
    answer = predict.ask(view, "cell.predict", seen.names(view.lang), above=above)
    if answer.revealed:
        layer, guess = reading.shown.layer(), answer.guess and answer.guess - 1
        drawn = memoized(figures.movement, layer, seen.tokens, guess=guess, glosses=seen.glosses, **view.style)
        if guess is not None:
            verdict, why = figures.movement_judged(layer, seen.tokens, guess, lang=view.lang, glosses=seen.glosses)
            st.html(predict.verdict_said(view, verdict, why))
        blocks.picture(view, drawn)
        predict.again(view)
    return answer.revealed


def values(view: View, reading: Reading, seen: Chosen, held: Held | None, *, answered: bool) -> None:
    """The chosen quantity, and what of the chosen unit is kept and what added; while something is held, both ways.

    Until the question above is `answered`, the finding that would answer it waits.
    """
    layer = reading.shown.layer()
    selection.choose(view, seen, layer.cell)
    what_if.choose(view, reading, seen, held)
    if held:
        what_if.note(view, seen, held)
        what_if.finding(view, reading, seen, held)
        what_if.side_by_side(view, reading, seen, held)
        return
    chart, ledger = st.columns([3, 2], gap="large") if figures.ledger_state(layer.cell) else (st.container(), None)
    with chart:
        drawn = selection.picture(view, seen, layer, lines_of=layer)
        blocks.picture(view, drawn if answered else replace(drawn, finding=text("cell.finding_waits", view.lang)))
    if ledger:
        with ledger:
            drawn = memoized(figures.ledger, layer, seen.unit, seen.tokens, glosses=seen.glosses, **view.style)
            blocks.picture(view, drawn)


def price(view: View, reading: Reading, *, answered: bool) -> None:
    """How many parameters each cell has, and once the question is answered what all pictures have shown."""
    layer = reading.shown.layer()
    inputs, hidden = reading.shown.embedding.shape[1], layer[QUANTITIES.state(layer.cell).key].shape[1]
    drawn = memoized(figures.parameter_counts, inputs, hidden, **view.style)
    principle = blocks.principle_said(view) if answered else ""
    blocks.picture(view, drawn, above=blocks.part_said(view, "cell.price"), below=principle)
