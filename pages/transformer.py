"""No recurrence: each word attends to those before it, all at once. What changes, what it gains, what it costs."""

from functools import partial

from pages._chapters.transformer import inputs, layers, states, times, worth
from pages._ui import blocks, model_card, pin, shell, takeaway
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
        told = layers.draw(view, reading, layers.compared(view))
        pin.below(view, partial(layers.pinned, present=view))
        blocks.lead(view, "open" if view.text("scene").endswith(layers.OPEN) else "")
        remarks(view, reading.trace.tokens, reading.cut, inputs.outputs(reading))

        blocks.part(view, "transformer.parallel")
        timed = times.race(view)
        if timed:
            blocks.onwards(view, "parallel", "parallel.from_transformer")

        states.inside(view, reading)
        if told:
            worth.told(view)
        if told and timed:
            blocks.principle(view)
        model_card.offer(view, inputs.networks(view.state))
        takeaway.whole(view, reading.trace)


if __name__ == "__main__":
    shell.show(page)
