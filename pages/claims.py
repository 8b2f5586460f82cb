"""The claims that introductions to recurrent networks make, each with its measurement, its verdict and its source."""

from pages._chapters.claims import again, piles, table, today
from pages._ui import blocks, contrasts, controls, model_card, shell
from pages._ui.memo import memoized
from pages._ui.shell import View
from rnn_core import figures
from rnn_core.claims import data
from rnn_core.order import NETWORKS


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    contrasts.row(view, piles.CONTRASTS)

    with blocks.errors_shown(view):
        told = piles.draw(view)
        blocks.lead(view)
        if told:
            table.shown(view)
            again.show(view)

        blocks.part(view, "claims.context")
        with blocks.control_row():
            controls.choice("hidden", view.lang)
        hidden = view.whole("hidden", 64)
        blocks.picture(view, memoized(figures.words_read_back, *data.read_back(hidden), hidden, **view.style))
        today.facts(view)
        if told:
            blocks.principle(view)
        model_card.offer(view, NETWORKS)


if __name__ == "__main__":
    shell.show(page)
