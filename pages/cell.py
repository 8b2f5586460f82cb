"""One cell in depth: what its gates let through, what they keep, and what is lost when they are held."""

from dataclasses import replace

import streamlit as st

from pages._chapters.cell import edited, selection, what_if
from pages._ui import blocks, cache, controls, predict, takeaway
from pages._ui.components import cell
from pages._ui.memo import memoized
from pages._ui.reading import read
from pages._ui.sentence import examples, spoken
from pages._ui.shell import current_view
from rnn_core import figures

view = current_view()
blocks.question(view)
with blocks.control_row():
    controls.sentence("text", view.lang)
    controls.choice("cell", view.lang)
    controls.choice("hidden", view.lang)
    blocks.more(view, "weights", "seed", "order", "chart")

with blocks.errors_shown(view):
    reading = read(view)
    trace, layer = reading.trace, reading.trace.layer()
    seen = selection.chosen(view, reading)
    held = what_if.held(view, reading, seen)
    shown = held.trace if held else trace
    style = {"lang": view.lang, "look": view.look, "glosses": seen.glosses}
    cell(
        view.lang,
        shown,
        cache.wires(shown),
        step=reading.step + 1,
        unit=seen.unit + 1,
        quantity=seen.quantity.key,
        order=seen.order,
        clamps=(held.clamp,) if held else (),
        alongside=((trace, cache.wires(trace)),) if held else (),
        key="circuit",
        on_step_change=selection.rest,
    )
    blocks.drawing_first()
    examples(view)
    spoken(view, replace(reading, trace=shown))
    if held:
        what_if.note(view, seen, held)
    blocks.lead(view, blocks.parity_said(view, trace.layers))

    answer = predict.ask(view, "cell.predict", seen.names(view.lang))
    if answer.revealed:
        blocks.picture(
            view, memoized(figures.movement, layer, seen.tokens, guess=answer.guess and answer.guess - 1, **style)
        )
        predict.again(view)

    blocks.part(view, "cell.values")
    selection.choose(view, layer.cell)
    selection.absent(view, "quantity", layer.cell, "cell.instead")
    what_if.choose(view, reading, seen, held)
    if held:
        what_if.finding(view, reading, seen, held)
        what_if.side_by_side(view, reading, seen, held)
    else:
        chart, ledger = st.columns([3, 2], gap="large") if figures.ledger_state(layer.cell) else (st.container(), None)
        with chart:
            blocks.picture(view, selection.picture(view, seen, layer, lines_of=layer))
        if ledger:
            with ledger:
                blocks.picture(view, memoized(figures.ledger, layer, seen.unit, seen.tokens, **style))

    blocks.part(view, "cell.words")
    step = edited.choose(view, seen)
    if step is not None:
        with blocks.errors_shown(view):
            edited.compare(view, reading, seen, step)

    blocks.part(view, "cell.price")
    blocks.picture(
        view,
        memoized(figures.parameter_counts, trace.embedding.shape[1], trace.spec.hidden, lang=view.lang, look=view.look),
    )
    blocks.principle(view)
    takeaway.whole(view, shown, (held.clamp,) if held else ())
