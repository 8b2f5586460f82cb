"""What comes next: temperatures with a fan, against what needs no network; prices; and a reader's own series."""

from pages._chapters.forecast import depends, errors, month, own, stocks
from pages._chapters.uses import training
from pages._ui import blocks, contrasts, controls, first_drawing, model_card, pin, shell
from pages._ui.shell import View
from rnn_core.tasks.forecast.spec import PRICES, SHIPPED


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    with blocks.control_row():
        controls.choice("cell", view.lang)
        controls.choice("month", view.lang)
        contrasts.row(view, month.CONTRASTS, width="content")

    with blocks.errors_shown(view):
        if first_drawing.stands(view):
            return
        step = month.draw(view)
        pin.below(view, month.draw)
        blocks.lead(view)
        answered = errors.shown(view, month.cell(view))
        depends.shown(view, month.cell(view), step)
        answered = stocks.shown(view) and answered
        own.shown(view, month.cell(view))
        if answered:
            blocks.principle(view)
        model_card.offer(view, (*SHIPPED, PRICES))
        training.offer(view, "temperatures")


if __name__ == "__main__":
    shell.show(page)
