"""A sound, what a network hears in it, its gates and states on the same time axis, and the probability of speech."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from pages._ui.components import packing, tracks
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard, heard_answer, placed, resting, telling
from pages._ui.components.question import asked
from rnn_core.sound.clips import STEP
from rnn_core.sound.rate import RATE
from rnn_core.sound.spectrogram import FLOOR, HOP, log_mel
from rnn_core.speech.facts import DRAWN
from rnn_core.speech.measures import liveliest

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from pages._ui.components.packing import JSON
    from pages._ui.components.question import Question
    from rnn_core.sound.clips import Scene
    from rnn_core.speech.measures import Listened

UNITS, BANDS, FINE = 24, 48, 128  # units and bands that are drawn; samples that one place of the wave stands for
LABELS = (
    *("title", "wave", "bands", "speech", "spoken", "threshold", "counts", "counted", "own", "step"),
    *("at", "skip", "again", "value", "silent", "held", "guess"),
)

_render = component("speech", "speech")


def speech(
    lang: str,
    scene: Scene,
    found: Listened,
    question: Question | None,
    threshold: float,
    *,
    identity: str,
    step: int | None = None,
    key: str = "speech",
    on_step_change: Callable[[int], None],
    on_threshold_change: Callable[[float], None],
    on_answer_change: Callable[[int | str | None], None],
) -> None:
    """Draw a sound and what the network makes of it.

    Args:
        lang: "ja" or "en".
        scene: the sound.
        found: what the network makes of it.
        question: what is asked of the clamp, whose curve waits for the answer; None where nothing is asked.
        threshold: from which probability on it counts as speech.
        identity: what the reader's place belongs to.
        step: the step at which the drawing opens, 1-based; None for the last.
        key: the widget's key.
        on_step_change: called with the step on which the reader rests.
        on_threshold_change: called with the threshold that the reader has chosen.
        on_answer_change: called with what the reader answered, "skip", or None to be asked again.
    """
    steps = len(found.own.speech)
    bounds, wanted = Bounds(steps), Spot(steps if step is None else min(max(step, 1), steps))

    def chosen() -> None:
        value = heard(key, "threshold", identity).get("value")
        if isinstance(value, (int, float)) and 0 <= value <= 1:
            on_threshold_change(round(float(value), 2))

    def answered() -> None:
        now = heard_answer(key, identity)
        if question is not None and question.takes(now):
            on_answer_change(now)

    hidden = question is not None and question.answer is None
    _render(
        key=key,
        data=drawing(lang, scene, found)
        | placed(key, identity, wanted, bounds)
        | asked(question)
        | {"threshold": threshold, "clamped": None if hidden else packing.packed(found.clamped)},
        default=dict.fromkeys(("spot", "threshold", "answer")),
        on_spot_change=telling(on_step_change, partial(resting, key, identity, bounds)),
        on_threshold_change=chosen,
        on_answer_change=answered,
    )


def drawing(lang: str, scene: Scene, found: Listened) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it and what is asked."""
    layer = liveliest(found.own.trace.layers[0][0], found.own.speech, UNITS)
    rows = [
        packed for row, packed in zip(tracks.shown(layer), tracks.pack(lang, layer), strict=True) if row.key in DRAWN
    ]
    bands = log_mel(scene.samples, BANDS)
    quiet = 10 * np.log10(FLOOR)
    low = max(quiet, float(bands.max()) - 70)
    return {
        "steps": len(found.own.speech),
        "rate": RATE,
        "step": STEP,
        "sound": packing.companded(scene.samples),
        "wave": envelope(scene.samples),
        "fine": FINE,
        "bands": packing.packed(np.clip((bands - low) / max(float(bands.max()) - low, 1.0), 0, 1) * 255, "u1"),
        "columns": len(bands),
        "hop": HOP,
        "count": BANDS,
        "rows": rows,
        "speech": packing.packed(found.own.speech),
        "spoken": None if scene.spoken is None else scene.spoken.astype(int).tolist(),
        "held": int(found.held),
        "text": packing.labels(lang, {name: f"speech.drawn.{name}" for name in LABELS} | packing.VERDICTS),
    }


def envelope(samples: NDArray[np.floating]) -> str:
    """The lowest and the highest of every 128 samples, one after the other, from −127 to 127."""
    whole = np.zeros(-(-len(samples) // FINE) * FINE, np.float32)
    whole[: len(samples)] = samples
    pieces = whole.reshape(-1, FINE)
    return packing.packed(np.round(np.stack([pieces.min(axis=1), pieces.max(axis=1)], axis=1) * 127), "i1")
