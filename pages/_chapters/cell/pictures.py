"""The pictures of /cell: its circuit, how far each word moves the state, its quantities, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.cell import selection, what_if
from pages._ui import blocks, cache, pin, predict
from pages._ui.components import cell
from pages._ui.memo import memoized
from pages._ui.reading import read
from pages._ui.words import formula
from rnn_core import QUANTITIES, figures
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._chapters.cell.selection import Chosen
    from pages._chapters.cell.what_if import Held
    from pages._ui.reading import Reading
    from pages._ui.shell import View


def circuit(view: View, reading: Reading, seen: Chosen, held: Held | None) -> None:
    """The cell at one step of one unit; while something is held, beside the cell in which nothing is."""
    trace, part = reading.shown, (reading.part.layer, reading.part.direction)
    shown = cache.shown(held.trace, *part) if held else trace
    cell(
        view.lang,
        shown,
        cache.wires(shown, *part),
        step=reading.step + 1,
        unit=seen.unit + 1,
        quantity=seen.quantity.key,
        order=seen.order,
        clamps=(held.shown,) if held else (),
        alongside=((trace, cache.wires(trace, *part)),) if held else (),
        key=view.key("circuit"),
        on_step_change=lambda spot: pin.take(view, selection.rested(spot)),
    )


def pinned(view: View) -> None:
    """The cell of a pinned state."""
    reading = read(view)
    circuit(view, reading, selection.chosen(view, reading), what_if.held(view, reading))


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
    gap = blocks.power(reading.trace.layers.parity)
    said = text("cell.parity_free" if held else "ui.parity", view.lang, gap=gap)
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
