"""The drawing of a heard sound, and what is asked in it: what becomes of its memory once the forget gate is clamped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.speech import sounds
from pages._ui import controls, pin, stage
from pages._ui.address import literal
from pages._ui.components.question import Question
from pages._ui.components.speech import speech
from pages._ui.contrasts import Contrast
from rnn_core.messages import text
from rnn_core.speech.facts import CHANGES, HALF
from rnn_core.speech.measures import change, counted

if TYPE_CHECKING:
    from pages._chapters.speech.sounds import Sound
    from pages._ui.predict import Verdict
    from pages._ui.shell import View

GUESS = "guess_held"
CONTRASTS = (
    Contrast("endless", {"sound": "japanese", "held": 1}),
    Contrast("emptied", {"sound": "japanese", "held": 0}),
    Contrast("words", {"sound": "digits", "held": 1}),
    Contrast("music", {"sound": "music", "held": 0}),
)


def question(view: View, sound: Sound) -> Question | None:
    """What is asked of the clamp; None of a sound in which it hears nothing."""
    measured = change(sound.found, HALF)
    if measured is None:
        return None
    lang, held = view.lang, view.whole("held", 1)
    said = view.state[GUESS]
    options = tuple((at, text(f"speech.change.{name}", lang)) for at, name in enumerate(CHANGES))
    asked = text(f"speech.ask.{held}", lang)
    if isinstance(said, int) and said not in dict(options):
        st.warning(text("predict.unknown", lang, given=literal(str(said))))
        said = None
    answer = said if isinstance(said, int | str) else None
    judged = (verdict(CHANGES.index(measured), answer), why(sound, lang)) if isinstance(answer, int) else None
    return Question(asked, answer, options, verdict=judged)


def verdict(measured: int, guess: int) -> Verdict:
    """Of a guess: one answer beside what was measured is near."""
    return "right" if guess == measured else "near" if abs(guess - measured) == 1 else "wrong"


def why(sound: Sound, lang: str) -> str:
    """At how many steps it hears speech, as it is and with the clamp."""
    found = sound.found
    before, after = counted(found.own.speech, HALF), counted(found.clamped, HALF)
    return text("speech.why", lang, before=before, after=after, steps=len(found.clamped))


def draw(view: View, sound: Sound) -> bool:
    """Draw it; whether nothing is left to ask."""
    asked, step = question(view, sound), view.state["t"]
    with stage.drawing(view):
        speech(
            view.lang,
            sound.scene,
            sound.found,
            asked,
            view.real("threshold", HALF),
            identity=sound.name,
            step=step if isinstance(step, int) else None,
            key=view.key("speech"),
            on_step_change=controls.rest,
            on_threshold_change=lambda value: pin.take(view, {"threshold": value}),
            on_answer_change=lambda said: pin.take(view, {GUESS: said}),
        )
    return asked is None or asked.answer is not None


def pinned(view: View) -> None:
    """Draw the sound of a pinned state."""
    if (sound := sounds.choose(view)) is not None:
        draw(view, sound)
