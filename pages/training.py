"""Train a network and watch it: what its gradient reaches while it learns, and what the settings change."""

import streamlit as st

from pages._chapters.training import charts, running, settings
from pages._ui import blocks, contrasts, shell
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    with blocks.control_row(), st.container(width="content"):
        contrasts.row(view, settings.CONTRASTS)

    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        run = running.chosen(view)
        running.draw(view, run)
        running.bar(view, run)
        blocks.lead(view)
        if run and running.answered(view, run):
            charts.offer(view, run)
            blocks.principle(view)


if __name__ == "__main__":
    shell.show(page)
