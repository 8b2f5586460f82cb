"""One cell in depth: what its gates keep and write, and what changes when one is clamped."""

from functools import partial

import streamlit as st

from pages._chapters.cell import edited, pictures, selection, what_if
from pages._ui import blocks, controls, model_card, network, pin, shell, stage, takeaway
from pages._ui.reading import order_said, read
from pages._ui.sentence import examples, remarks, spoken_said
from pages._ui.shell import View


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    with blocks.control_row():
        controls.sentence("text", view.lang)
        network.choose(view)
        blocks.more(view, "weights", "seed", "order", "chart")

    with blocks.errors_shown(view):
        reading = read(view)
        seen = selection.chosen(view, reading)
        held = what_if.held(view, reading)
        whole = held.trace if held else reading.trace
        drawn, beside = pictures.Drawn(view, reading, seen, held), pictures.compared(view)
        remarks(view, reading.trace.tokens, reading.cut)
        order_said(view, reading.part)
        pictures.gates(view, reading)
        with stage.drawing(view, partial(what_if.prepared, view)):
            pictures.circuit(drawn, beside)
        pin.below(view, partial(pictures.pinned, known=beside, present=drawn))
        examples(view)
        said = spoken_said(view, whole) + blocks.lead_said(view) + pictures.conventions_said(view, reading)
        with st.container():  # what it adds once it is answered moves nothing else to another place in Streamlit's tree
            answered = pictures.movement(view, reading, seen, said + pictures.parity_said(view, reading, held))

        blocks.part(view, "cell.values")
        pictures.values(view, reading, seen, held, answered=answered)

        blocks.part(view, "cell.words")
        step = edited.choose(view, seen)
        if step is not None:
            with blocks.errors_shown(view):
                edited.compare(view, reading, seen, step)

        pictures.price(view, reading, answered=answered)
        model_card.offer(view, [whole.spec])
        takeaway.whole(view, whole, (held.clamp,) if held else ())


if __name__ == "__main__":
    shell.show(page)
