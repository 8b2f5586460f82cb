"""A real word segmenter that reads from both sides: what the characters to come add, and what is lost without them."""

from pages._chapters.bidirectional import inputs, pictures, segments, takeaway
from pages._ui import blocks, contrasts, controls, model_card, pin, shell
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    with blocks.control_row():
        controls.sentence("text", view.lang)
        blocks.more(view, "lend")
    contrasts.row(view, inputs.CONTRASTS)

    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        reading = inputs.read(view)
        answered = segments.draw(view, reading)
        pin.below(view, segments.pinned)
        if not answered:
            reading = reading.unchanged  # what is shown of another backward direction would tell
        blocks.lead(view)
        inputs.remarks(view, reading)
        pictures.scores(view, reading)
        if answered:
            segments.searched(view)

        blocks.part(view, "bidirectional.reach")
        pictures.reach(view, reading)
        pictures.revealed(view, reading)
        if answered:
            blocks.principle(view)
        pictures.whole_sentences(view)
        model_card.offer(view, ["nagisa"])
        takeaway.whole(view, reading)


if __name__ == "__main__":
    shell.show(page)
