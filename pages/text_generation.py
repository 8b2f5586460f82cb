"""Writing on: names, kaomoji and small talk, one token at a time, and what each token is drawn from."""

from pages._chapters.text_generation import drawing, novelty, quality, settings, takeaway, units
from pages._chapters.uses import training
from pages._ui import blocks, first_drawing, model_card, pin, shell
from pages._ui.shell import View


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    settings.choose(view)

    with blocks.errors_shown(view):
        if first_drawing.stands(view):
            return
        asked = settings.read(view)
        drawing.draw(view, asked)
        pin.below(view, drawing.pinned)
        blocks.lead(view)
        drawing.remarks(view, asked)
        drawing.hypotheses(view, asked)
        drawing.distribution(view, asked)
        if not novelty.asked(view) or novelty.show(view):
            units.show(view, asked.spec)
            quality.show(view, asked.spec)
            blocks.principle(view)
        model_card.offer(view, [asked.spec])
        takeaway.whole(view, asked)
        training.offer(view, asked.spec.task)


if __name__ == "__main__":
    shell.show(page)
