"""A real word segmenter that reads from both sides: what the characters to come add, and what is lost without them."""

from pages._chapters.bidirectional import inputs, pictures, segments, takeaway
from pages._ui import blocks, controls, model_card, predict, shell
from pages._ui.memo import memoized
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import figures, runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, blocks.lead_said(view))
    with blocks.control_row():
        controls.sentence("text", view.lang)
        inputs.choose(view)
        blocks.more(view, "lend")
    inputs.contrasts(view)

    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        reading = inputs.read(view)
        segments.shown(view, reading)
        inputs.remarks(view, reading)

        answer = segments.ask(view, reading)
        if answer.revealed:
            guess = segments.judged(reading, answer.guess, view.lang)
            blocks.picture(view, memoized(figures.segmentations, reading.found, guess=guess, **view.style))
            segments.searched(view)
            predict.again(view, "guess_boundaries")

        blocks.part(view, "bidirectional.inside")
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
