"""A voice heard: where somebody speaks, what a network keeps of it in a pause, and which digit it was."""

import streamlit as st

from pages._chapters.speech import heard, pictures, recognised, sounds
from pages._chapters.uses import training
from pages._ui import blocks, contrasts, controls, first_drawing, model_card, pin, shell
from pages._ui.shell import View
from pages._ui.words import plain
from rnn_core.messages import text
from rnn_core.tasks.digits import SHIPPED


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    with blocks.control_row():
        controls.choice("sound", view.lang, label="collapsed")
        controls.choice("held", view.lang)
        sounds.fields(view)
    contrasts.row(view, heard.CONTRASTS)

    with blocks.errors_shown(view):
        if first_drawing.stands(view):
            return
        sound = sounds.choose(view)
        if sound is None:
            st.info(text("speech.none_yet", view.lang))
        else:
            answered = heard.draw(view, sound)
            pin.below(view, heard.pinned)
            for remark in sound.remarks:
                st.html(f'<p class="quiet" lang="{view.lang}">{plain(text(remark, view.lang))}</p>')
            blocks.lead(view)
            pictures.probability(view, sound, answered=answered)

        blocks.part(view, "speech.recognised")
        recognised.shown(view, sound)
        blocks.principle(view)
        model_card.offer(view, ("silero", *recognised.runs(view), *SHIPPED))
        training.offer(view, SHIPPED[0].task)


if __name__ == "__main__":
    shell.show(page)
