"""Recurrence returns: how many rounds it takes without waiting for the word before, and at what price."""

from pages._chapters.parallel import computed, inputs, law, price, rounds, times, tree
from pages._ui import blocks, model_card, shell
from pages._ui.reading import wait
from pages._ui.sentence import remarks
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    inputs.choose(view)

    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        reading = inputs.read(view)
        answered = rounds.draw(view, reading)
        blocks.lead(view)
        remarks(view, reading.tokens, reading.cut)
        answered &= tree.draw(view, reading.tokens)
        if answered:
            times.draw(view)
        answered &= law.draw(view)
        answered &= price.draw(view)
        if answered:
            blocks.principle(view)
        model_card.offer(view, [reading.spec, computed.MINIMAL])


if __name__ == "__main__":
    shell.show(page)
