"""The clip as a strip, and the guess that is made in it: in which frame is the surprise largest?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.video import computed
from pages._ui import controls, pin, stage
from pages._ui.address import literal
from pages._ui.components import packing
from pages._ui.components.video_frames import Strip, video_frames
from pages._ui.contrasts import Contrast
from pages._ui.controls import SKIP
from rnn_core.figures.captions import hundredths
from rnn_core.messages import text
from rnn_core.quantities import CELLS
from rnn_core.tasks.video.clips import KINDS

if TYPE_CHECKING:
    from pages._ui.predict import Verdict
    from pages._ui.shell import View
    from rnn_core.models.video import Watched
    from rnn_core.quantities import Recurrent
    from rnn_core.tasks.video.clips import Clip

GUESS, QUESTION = "guess_peak", "video.predict"
NEAR = 0.8  # of the largest surprise: a frame with so much is nearly right
CONTRASTS = (
    Contrast("bounce", {"motion": "bounce"}),
    Contrast("hidden", {"motion": "hidden"}),
    Contrast("change", {"motion": "change"}),
)


def cell(view: View) -> Recurrent:
    """What the network is made of."""
    return next(one for one in CELLS if one == view.state["cell"])


def clip(view: View) -> Clip:
    """The clip that is chosen."""
    kind = next(one for one in KINDS if one == view.state["motion"])
    path = view.state["path"]
    return computed.clip(kind, view.whole("image", 3), path if kind == "own" and isinstance(path, str) else None)


def verdict(found: Watched, guess: int) -> Verdict:
    """Of a guessed frame, 1-based: one beside the peak is near, and so is one with almost as much."""
    peak = int(found.surprise.argmax()) + 2
    if guess == peak:
        return "right"
    close = abs(guess - peak) == 1 or found.surprise[guess - 2] >= NEAR * found.surprise.max()
    return "near" if close else "wrong"


def why(found: Watched, shown: Clip, guess: int | None, lang: str) -> str:
    """Where the peak is, what happens there, and how much of it the guessed frame has."""
    peak = int(found.surprise.argmax()) + 2
    event = text(f"video.event.{shown.events[peak - 1]}", lang)
    said = text("video.why.peak", lang, frame=peak, event=event, value=f"{found.surprise.max():.3f}")
    if guess is None or guess == peak:
        return said
    share = hundredths(float(found.surprise[guess - 2] / found.surprise.max()))
    return text("figures.join", lang, first=said, second=text("video.why.guess", lang, frame=guess, share=share))


def draw(view: View) -> bool:
    """Draw it; whether the guess is made."""
    lang, shown = view.lang, clip(view)
    found = computed.watched(cell(view), shown)
    said, steps = view.state[GUESS], len(shown.frames)
    if said is not None and said != SKIP and not isinstance(said, int):
        st.warning(text("predict.unknown", lang, given=literal(str(said))))
        said = None
    answer = said if isinstance(said, int | str) else None
    judged = None
    if isinstance(answer, int):
        judged = verdict(found, answer), why(found, shown, answer, lang)
    step = view.state["t"]
    with stage.drawing(view):
        video_frames(
            lang,
            Strip(shown, found, computed.beside(shown), text(QUESTION, lang), answer, judged),
            identity=packing.digest(cell(view), *(view.state[key] for key in ("motion", "image", "path"))),
            step=step if isinstance(step, int) else steps,
            key=view.key("video_frames"),
            on_step_change=controls.rest,
            on_answer_change=lambda now: pin.take(view, {GUESS: now}),
        )
    return answer is not None
