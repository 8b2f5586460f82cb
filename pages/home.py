"""A sentence goes in word by word, the state builds up, and the reply comes out."""

import streamlit as st

from pages._chapters.home.chapter_links import ways
from pages._chapters.home.contrast import DRAWING, draw, forgotten, pinned, prepared
from pages._chapters.home.timeline import history
from pages._ui import blocks, controls, model_card, network, pin, shell, stage
from pages._ui.memo import memoized
from pages._ui.reading import order_said, read
from pages._ui.sentence import examples, remarks
from pages._ui.shell import View
from rnn_core import QUANTITIES, ModelSpec, figures


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, f'<i id="{DRAWING}"></i>')
    with blocks.control_row():
        controls.sentence("text", view.lang)
        network.choose(view)
        blocks.more(view, "weights", "seed")

    with blocks.errors_shown(view):
        reading = read(view)
        trace = reading.shown
        remarks(view, trace.tokens, reading.cut)
        order_said(view, reading.part)
        with stage.drawing(view, prepared):
            draw(view, reading)
        pin.below(view, pinned)
        examples(view)
        if trace.distribution is not None:
            blocks.lead(view)
        words, glosses = zip(*((token.text, token.gloss) for token in trace.tokens), strict=True)
        state = QUANTITIES.state(trace.layers.cell)
        left, right = st.columns([3, 2], gap="large")
        with left:
            layer = trace.layer()
            blocks.picture(view, memoized(figures.heatmap, layer, state.key, words, glosses=glosses, **view.style))
            blocks.parity(view, trace.layers)
        with right:
            blocks.next_word(view, trace, reading.step)
        contrasted: list[ModelSpec] = []
        with blocks.errors_shown(view):
            contrasted = forgotten(view)
        if trace.distribution is not None:
            blocks.principle(view)
        model_card.offer(view, [trace.spec, *contrasted])
    history(view)
    ways(view, "home.ways")


if __name__ == "__main__":
    shell.show(page)
