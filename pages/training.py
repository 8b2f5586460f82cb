"""Train a network and watch it: what its gradient reaches while it learns, and what the settings change."""

from pages._chapters.training import charts, comparing, opening, running, settings, stored, sweeping
from pages._ui import blocks, contrasts, controls, lab, model_card, shell, stage
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    with blocks.control_row():
        controls.choice("mode", view.lang, label="collapsed")
        if view.state["mode"] == "run":
            contrasts.row(view, settings.CONTRASTS, width="content")

    with blocks.errors_shown(view):
        lab.wake()  # its first worker gets ready while this process does
        if not runtime.ready():
            wait(view.lang)
        running.refused(view)
        if view.state["mode"] == "compare":
            with stage.drawing(view):
                comparing.draw(view)
        elif view.state["mode"] == "sweep":
            with stage.drawing(view):
                sweeping.draw(view)
        else:
            run = running.chosen(view)
            running.draw(view, run)
            running.bar(view, run)
            if run and running.answered(view, run):
                opening.offer(view, run)
                charts.offer(view, run)
                blocks.principle(view)
            stored.offer(view)
            model_card.offer(view, [run.spec if run else settings.fitting(view.state)])
        blocks.lead(view)


if __name__ == "__main__":
    shell.show(page)
