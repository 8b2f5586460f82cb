"""How far an error reaches back: vanishing and exploding gradients, what causes them, and what helps."""

from pages._ui import blocks, gradient_controls, gradient_guess, gradient_more, gradient_pictures, gradient_reading
from pages._ui.reading import wait
from pages._ui.sentence import remarks
from pages._ui.shell import current_view
from rnn_core import runtime

view = current_view()
blocks.question(view)
blocks.lead(view)
gradient_reading.fit(view)
gradient_controls.choose(view)
gradient_controls.contrasts(view)

with blocks.errors_shown(view):
    if not runtime.ready():
        wait(view.lang)
    asked = gradient_reading.ask(view)
    remarks(view, asked.tokens, asked.cut)
    found = gradient_reading.answers(view, asked)
    gradient_reading.notes(view, asked, found)

    guess = gradient_guess.ask(view, asked)
    if guess.revealed:
        gradient_pictures.norms(view, asked, found, guess)
    gradient_pictures.causes(view, asked, found)

gradient_more.choose(view)
blocks.principle(view)
