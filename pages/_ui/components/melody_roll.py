"""A melody as a piano roll with its sound, what a network expects next, and its gates and states on the same axis."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from pages._ui.components import packing, tracks
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, placed, resting, telling
from pages._ui.memo import memoized
from rnn_core.messages import text
from rnn_core.sound.synth import NOTE_RATE, render
from rnn_core.speech.measures import liveliest
from rnn_core.tasks.music.melodies import LENGTHS, PITCHES, SIXTEENTH
from rnn_core.tasks.music.notation import pitch_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages._ui.components.packing import JSON
    from rnn_core.models.composing import Composed

UNITS = 24  # that are drawn: those that vary most
AROUND, LEAST = 2, 0.05  # semitones of room; of a pitch that is expected at least so much there is a row
LABELS = (
    *("title", "length", "ends", "expects", "expects_end", "given", "drawn", "ended", "full", "now", "silent"),
    *("key_given", "key_drawn", "key_odds", "step"),
)

_render = component("melody_roll", "melody")


def melody_roll(
    lang: str,
    composed: Composed,
    *,
    step: int | None = None,
    key: str = "melody_roll",
    on_step_change: Callable[[int], None] | None = None,
) -> None:
    """Draw a melody over the states of the network that went on with it.

    Args:
        lang: "ja" or "en".
        composed: the melody, and what the network computed of it.
        step: the note, 1-based, at which the drawing opens; None for the last one that was given, after which the first
            is drawn.
        key: the widget's key.
        on_step_change: called with the step on which the reader rests, before the page runs again.
    """
    of = packing.digest(composed.spec.canonical, composed.notes, composed.given)
    bounds = Bounds(len(composed.notes))
    wanted = Spot(composed.given if step is None else min(max(step, 1), len(composed.notes)))
    _render(
        key=key,
        data=memoized(drawing, lang, composed) | placed(key, of, wanted, bounds),
        default={"spot": None},
        on_spot_change=telling(on_step_change, partial(resting, key, of, bounds)),
    )


def drawing(lang: str, composed: Composed) -> dict[str, JSON]:
    """What the script draws, apart from the reader's place."""
    pitches = np.array([note.pitch for note in composed.notes], np.float64)
    low, high = rows(composed)
    return {
        "cell": composed.spec.cell,
        "notes": [[note.pitch, note.length] for note in composed.notes],
        "given": composed.given,
        "ended": composed.ended,
        "begins": list(composed.begins),
        "low": low,
        "high": high,
        "lowest": PITCHES[0],
        "names": [pitch_name(pitch) for pitch in PITCHES],
        "outputs": len(PITCHES) + 1,
        "lengths": list(LENGTHS),
        "said": [text(f"melody.length.{length}", lang) for length in LENGTHS],
        "odds": packing.packed(composed.drawn),
        "spans": packing.packed(composed.drawn_length),
        "rows": tracks.pack(lang, liveliest(composed.states, pitches, UNITS)),
        "sound": packing.companded(render((note.pitch, note.length * SIXTEENTH) for note in composed.notes)),
        "rate": NOTE_RATE,
        "sixteenth": SIXTEENTH,
        "text": packing.labels(lang, {name: f"melody.{name}" for name in LABELS}),
    }


def rows(composed: Composed) -> tuple[int, int]:
    """The lowest and the highest pitch of which there is a row: those that sound or are expected, and some room."""
    expected = [PITCHES[at] for at in np.flatnonzero(composed.drawn[:, :-1].max(axis=0) >= LEAST)]
    every = [*expected, *(note.pitch for note in composed.notes)]
    return max(PITCHES[0], min(every) - AROUND), min(PITCHES[-1], max(every) + AROUND)
