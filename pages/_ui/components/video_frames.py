"""A clip as a film strip: what came, what was predicted, the difference, the surprise, and the states under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from pages._ui.components import packing, tracks
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard_answer, placed, resting, telling
from pages._ui.controls import SKIP
from pages._ui.memo import memoized
from rnn_core.messages import text
from rnn_core.speech.measures import liveliest
from rnn_core.tasks.video.spec import DRAWN, SIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages._ui.components.packing import JSON
    from pages._ui.predict import Verdict
    from rnn_core.models.video import Watched
    from rnn_core.tasks.video.clips import Clip

UNITS = 24  # that are drawn
BRIGHTEST = 255
LABELS = (
    *("title", "came", "said", "difference", "surprise", "veiled", "network", "copy", "linear", "guess", "peak"),
    *("at", "first", "value", "choose", "skip", "again", "step"),
)

_render = component("video_frames", "video")


@dataclass(frozen=True, eq=False)
class Strip:
    """What is drawn.

    Attributes:
        clip: the frames.
        found: what the network makes of them.
        beside: the errors of the baselines that are drawn, by name, from the second frame on.
        question: what is asked.
        answer: the frame that the reader guesses, "skip", or None while it is asked.
        verdict: of a guess whether it is right, and a finished sentence that says why.
    """

    clip: Clip
    found: Watched
    beside: Mapping[str, Float[np.ndarray, " N"]]
    question: str
    answer: int | str | None
    verdict: tuple[Verdict, str] | None = None


def video_frames(
    lang: str,
    strip: Strip,
    *,
    identity: str,
    step: int | None = None,
    key: str = "video_frames",
    on_step_change: Callable[[int], None],
    on_answer_change: Callable[[int | str | None], None],
) -> None:
    """Draw the strip.

    Args:
        lang: "ja" or "en".
        strip: what is drawn.
        identity: what the reader's place belongs to.
        step: the frame at which the drawing opens, 1-based; None for the last.
        key: the widget's key.
        on_step_change: called with the frame on which the reader rests.
        on_answer_change: called with the frame that the reader guesses, "skip", or None to be asked again.
    """
    steps = len(strip.clip.frames)
    bounds, wanted = Bounds(steps), Spot(steps if step is None else min(max(step, 1), steps))

    def answered() -> None:
        now = heard_answer(key, identity)
        if now in (None, SKIP) or (isinstance(now, int) and 2 <= now <= steps):
            on_answer_change(now)

    _render(
        key=key,
        data=memoized(drawing, lang, strip.clip, strip.found) | placed(key, identity, wanted, bounds) | asked(strip),
        default=dict.fromkeys(("spot", "answer")),
        on_spot_change=telling(on_step_change, partial(resting, key, identity, bounds)),
        on_answer_change=answered,
    )


def drawing(lang: str, clip: Clip, found: Watched) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it and what is asked."""
    layer = liveliest(found.states, np.concatenate([found.surprise[:1], found.surprise]), UNITS)
    shown = zip(tracks.shown(layer), tracks.pack(lang, layer), strict=True)
    return {
        "cell": layer.cell,
        "side": SIDE,
        "steps": len(clip.frames),
        "frames": pixels(clip.pixels),
        "rows": [packed for row, packed in shown if row.key in DRAWN],
        "events": [text(f"video.event.{event}", lang) for event in clip.events],
        "text": packing.labels(lang, {name: f"video_frames.{name}" for name in LABELS} | packing.VERDICTS),
    }


def asked(strip: Strip) -> dict[str, JSON]:
    """The question, its answer, and nothing that would tell the answer before."""
    open_ = strip.answer is None
    found = strip.found
    told: dict[str, JSON] = {
        "question": strip.question,
        "answer": strip.answer,
        "verdict": None if strip.verdict is None else {"verdict": strip.verdict[0], "why": strip.verdict[1]},
        "said": None if open_ else pixels(found.said),
        "surprise": None if open_ else packing.packed(found.surprise),
        "peak": None if open_ else int(found.surprise.argmax()) + 2,
    }
    return told | {name: None if open_ else packing.packed(values) for name, values in strip.beside.items()}


def pixels(values: Float[np.ndarray, "T P"]) -> str:
    """Frames in [0, 1], a byte a pixel."""
    return packing.packed(np.round(np.clip(values, 0, 1) * BRIGHTEST), "u1")
