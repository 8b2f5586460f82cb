"""Good news or bad: the same sentence judged by one direction and by two, at each word and after the last one."""

from pages._chapters.sentiment import computed, judged
from pages._ui import blocks, contrasts, controls, model_card, shell
from pages._ui.memo import memoized
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import figures, runtime
from rnn_core.tasks.sentiment import SHIPPED


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, blocks.lead_said(view))
    with blocks.control_row():
        controls.sentence("text", view.lang)
    contrasts.row(view, judged.CONTRASTS)

    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        found = judged.read(view)
        judged.spoken(view, found)
        judged.shown(view, found)

        worth, majority = computed.worth()
        drawn = memoized(figures.feelings, worth, majority, **view.style)
        blocks.picture(view, drawn, above=blocks.part_said(view, "sentiment.worth"), below=blocks.principle_said(view))
        model_card.offer(view, SHIPPED)


if __name__ == "__main__":
    shell.show(page)
