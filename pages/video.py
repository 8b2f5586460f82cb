"""The next frame: where a network is surprised, how far it goes on by itself, and what it makes of a reader's film."""

from pages._chapters.uses import training
from pages._chapters.video import ahead, own_film, own_path, quality, strip
from pages._ui import blocks, contrasts, controls, first_drawing, model_card, pin, shell
from pages._ui.shell import View
from rnn_core.tasks.video.spec import SHIPPED


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, below=f'<span id="{own_path.TOP}"></span>')
    with blocks.control_row():
        controls.choice("cell", view.lang)
        blocks.more(view, "motion", "image")
        contrasts.row(view, strip.CONTRASTS, width="content")

    with blocks.errors_shown(view):
        if first_drawing.stands(view):
            return
        answered = strip.draw(view)
        pin.below(view, strip.draw)
        blocks.lead(view)
        if answered:
            ahead.rolled_out(view)
            ahead.depends(view)
        own_path.shown(view)
        if answered:
            ahead.blur(view)
        quality.shown(view, answered=answered)
        own_film.shown(view, strip.cell(view))
        if answered:
            blocks.principle(view)
        model_card.offer(view, SHIPPED)
        training.offer(view, "moving_digit")


if __name__ == "__main__":
    shell.show(page)
