"""One vector, then attention: what an encoder-decoder must squeeze into one state, and what looking back changes."""

from pages._chapters.attention import decoded, drawing, prediction, search, settings, studies, three_networks
from pages._ui import blocks, model_card, pin, shell
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    settings.choose(view)

    told = False
    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        counts = prediction.counted(view)
        asked = prediction.question(view, counts)
        told = asked.answer is not None
        shown, length = drawing.three(view, counts, asked)
        pin.below(view, drawing.pinned)
        search.undo(view, shown)
        blocks.lead(view)
        decoded.remarks(view, shown)
        if told:
            prediction.measured(view, counts, asked, length)
        decoded.pictures(view, shown, blocks.part_said(view, "attention.steps"))
        studies.study(view, shown, three_networks.networks(view))
        model_card.offer(view, three_networks.specs(view.state))

    if told:
        blocks.principle(view)


if __name__ == "__main__":
    shell.show(page)
