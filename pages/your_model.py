"""A network from a file: what is in it, what it computes at each step, and where two of them differ."""

import streamlit as st

from pages._chapters.your_model import choosing, computed, inside, pictures, settings
from pages._ui import blocks, model_card, shell, stage
from pages._ui.reading import order_said, wait
from pages._ui.shell import View
from rnn_core import runtime
from rnn_core.models.sources import find_source


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, blocks.lead_said(view))
    with blocks.control_row():
        choosing.network(view, "weights")
        choosing.feed(view)
    choosing.upload(view)
    choosing.numbers(view)
    with blocks.errors_shown(view):
        choosing.refused()

    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        file = computed.opened(view.text("weights"))
        chosen = settings.choose(view, file)
        trace = computed.run(chosen, chosen.setup)
        order_said(view, chosen.shown)
        with stage.drawing(view):
            row = pictures.quantity(view, trace)
            pictures.units(view, trace, row)
        st.html(settings.read_said(view, chosen) + blocks.parity_said(view, trace.layers))
        inside.ways(view, chosen)
        inside.table(view, file)
        pictures.one_unit(view, trace, row)
        pictures.beside(view, chosen, trace, row)
        inside.notebook(view, chosen)
        model_card.offer(view, [find_source(chosen.setup.name).describe(chosen.setup.name)])


if __name__ == "__main__":
    shell.show(page)
