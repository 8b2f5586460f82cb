"""Going on with a melody: the next note as a distribution, the state while it sounds, and who is less unsure."""

import streamlit as st

from pages._chapters.music import drawing, own, settings, units, unsure
from pages._chapters.uses import training
from pages._ui import blocks, contrasts, first_drawing, model_card, pin, shell
from pages._ui.shell import View


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, f'<i id="{own.TOP}"></i>')
    with blocks.control_row():
        settings.choose(view)
    with st.container(horizontal=True, vertical_alignment="center", key="draw_row"):
        contrasts.row(view, settings.CONTRASTS)

    with blocks.errors_shown(view):
        if first_drawing.stands(view):
            return
        with blocks.errors_shown(view):  # a beginning that can't be read leaves the way to another one
            asked = settings.read(view)
            drawing.draw(view, asked)
            pin.below(view, drawing.pinned)
            blocks.lead(view)
            drawing.remarks(view, asked)
            drawing.distributions(view, asked)
        own.show(view)
        if unsure.show(view):
            units.show(view, settings.network(view))
            blocks.principle(view)
        model_card.offer(view, [settings.network(view)])
        training.offer(view, "melodies")


if __name__ == "__main__":
    shell.show(page)
