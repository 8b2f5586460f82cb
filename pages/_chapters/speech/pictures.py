"""The probability of speech as a chart, with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import blocks
from rnn_core import figures
from rnn_core.speech.facts import HALF
from rnn_core.speech.measures import hangover

if TYPE_CHECKING:
    from pages._chapters.speech.sounds import Sound
    from pages._ui.shell import View


def probability(view: View, sound: Sound, *, answered: bool) -> None:
    """What the network says over time; with the clamp once that is answered, and how long it lasts in silence."""
    threshold, spoken, found = view.real("threshold", HALF), sound.scene.spoken, sound.found
    clamped = found.clamped if answered else None
    after = None
    if spoken is not None and (kept := hangover(found.own.speech, spoken, threshold)) is not None:
        after = kept, None if clamped is None else hangover(clamped, spoken, threshold)
    drawn = figures.speech_probability(found.own.speech, clamped, spoken, threshold, after, **view.style)
    blocks.picture(view, drawn, above=blocks.part_said(view, "speech.after"))
