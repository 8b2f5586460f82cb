"""A real word segmenter that reads from both sides: what the characters to come add, and what is lost without them."""

from pages._ui import (
    bidirectional_pictures,
    bidirectional_reading,
    bidirectional_take,
    bidirectional_words,
    blocks,
    controls,
    predict,
)
from pages._ui.memo import memoized
from pages._ui.reading import wait
from pages._ui.shell import current_view
from rnn_core import figures, runtime

view = current_view()
blocks.question(view)
blocks.lead(view)
with blocks.control_row():
    controls.sentence("text", view.lang)
    bidirectional_reading.choose(view)
    blocks.more(view, "lend")
bidirectional_reading.contrasts(view)

with blocks.errors_shown(view):
    if not runtime.ready():
        wait(view.lang)
    reading = bidirectional_reading.read(view)
    bidirectional_words.shown(view, reading)
    bidirectional_reading.remarks(view, reading)

    answer = bidirectional_words.ask(view, reading)
    if answer.revealed:
        guess = bidirectional_words.judged(reading, answer.guess, view.lang)
        blocks.picture(
            view, memoized(figures.segmentations, reading.found, guess=guess, lang=view.lang, look=view.look)
        )
        bidirectional_words.searched(view)
        predict.again(view, "breaks")

    blocks.part(view, "bidirectional.inside")
    bidirectional_pictures.inside(view, reading)

    blocks.part(view, "bidirectional.reach")
    bidirectional_pictures.reach(view, reading)

    blocks.part(view, "bidirectional.revealed")
    bidirectional_pictures.revealed(view, reading)

    blocks.part(view, "bidirectional.feeling")
    bidirectional_pictures.feeling(view)
    blocks.principle(view)
    bidirectional_take.whole(view, reading)
