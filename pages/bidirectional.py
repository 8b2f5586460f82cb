"""A real word segmenter that reads from both sides: what the characters to come add, and what is lost without them."""

from pages._chapters.bidirectional import inputs, pictures, segments, takeaway
from pages._ui import blocks, contrasts, controls, model_card, shell
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, blocks.lead_said(view))
    with blocks.control_row():
        controls.sentence("text", view.lang)
        blocks.more(view, "lend")
    contrasts.row(view, inputs.CONTRASTS)

    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        reading = inputs.read(view)
        segments.shown(view, reading.own, reading.own)
        inputs.remarks(view, reading)
        answered = segments.compared(view, reading)

        blocks.part(view, "bidirectional.inside")
        if answered:
            inputs.choose(view)
            if reading.later != "own":
                segments.shown(view, reading.own, reading.seen)
        else:
            reading = reading.unchanged  # what is shown of another backward half would tell
        pictures.inside(view, reading)

        blocks.part(view, "bidirectional.reach")
        pictures.reach(view, reading)

        blocks.part(view, "bidirectional.revealed")
        pictures.revealed(view, reading)
        blocks.principle(view)
        pictures.whole_sentences(view)
        model_card.offer(view, ["nagisa"])
        takeaway.whole(view, reading)


if __name__ == "__main__":
    shell.show(page)
