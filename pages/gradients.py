"""How far a gradient reaches back: vanishing and exploding gradients, what causes them, and what helps."""

from pages._chapters.gradients import details, inputs, more, pictures, prediction, settings
from pages._ui import blocks, contrasts, model_card, shell
from pages._ui.reading import wait
from pages._ui.sentence import remarks
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, blocks.lead_said(view))
    inputs.fit(view)
    settings.choose(view)
    contrasts.row(view, settings.CONTRASTS)

    seen = None
    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        asked = inputs.ask(view)
        remarks(view, asked.tokens, asked.cut)
        found = inputs.answers(view, asked)
        inputs.notes(view, asked, found)
        guess = prediction.ask(view, asked)
        if guess.revealed:
            pictures.norms(view, asked, found, guess)
            pictures.steps(view, asked, found)
            seen = asked, found
        model_card.offer(view, [inputs.spec(view, asked, cell).model for cell in asked.cells])

    blocks.part(view, "gradients.more", anchor="explode")
    for part in (more.explode, more.clip):
        with blocks.errors_shown(view):
            part(view)
    details.choose(view, seen)
    if seen and view.state["guess_growth"] is not None:
        blocks.principle(view)


if __name__ == "__main__":
    shell.show(page)
