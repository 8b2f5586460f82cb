"""How far a gradient reaches back: vanishing and exploding gradients, what causes them, and what helps."""

from pages._chapters.gradients import details, inputs, more, settings, way
from pages._ui import blocks, model_card, pin, shell
from pages._ui.reading import wait
from pages._ui.sentence import remarks
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    inputs.fit(view)
    settings.choose(view)

    seen = None
    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        asked = inputs.ask(view)
        answered = way.draw(view, asked)
        pin.below(view, way.pinned)
        blocks.lead(view)
        remarks(view, asked.tokens, asked.cut)
        inputs.notes(view, asked)
        if answered:
            seen = asked
        model_card.offer(view, [inputs.spec(view, asked, cell).model for cell in asked.cells])

    with blocks.errors_shown(view):
        more.clip(view)
    details.choose(view, seen)
    if seen:
        blocks.onwards(view, "parallel", "parallel.from_gradients")
        blocks.principle(view)


if __name__ == "__main__":
    shell.show(page)
