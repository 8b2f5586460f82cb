"""No recurrence: each word attends to those before it, all at once. What changes, what it gains, what it costs."""

from pages._chapters.transformer import heads, inputs, permutation, times
from pages._ui import blocks, controls, model_card, shell, takeaway
from pages._ui.components import player
from pages._ui.reading import wait
from pages._ui.sentence import examples, spoken
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, blocks.lead_said(view))
    inputs.choose(view)
    examples(view)

    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        reading = inputs.read(view)
        spoken(view, reading)
        player(
            view.lang,
            reading.trace,
            step=reading.step + 1,
            follow=heads.MARKED,
            on_step_change=controls.rest,
        )

        blocks.part(view, "transformer.looking")
        heads.maps(view, reading)

        heads.inside(view, reading)

        blocks.part(view, "transformer.shuffled")
        shuffled = permutation.shuffle(view, reading)

        blocks.part(view, "transformer.parallel")
        answered = times.race(view, reading)
        if answered and shuffled:
            blocks.principle(view)
        model_card.offer(view, inputs.networks(view.state))
        takeaway.whole(view, reading.trace)


if __name__ == "__main__":
    shell.show(page)
