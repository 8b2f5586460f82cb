"""What the network makes of a clip by itself, and which pixels its surprise depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.video import computed, strip
from pages._ui import blocks, controls
from pages._ui.memo import memoized
from rnn_core import figures

if TYPE_CHECKING:
    from pages._ui.shell import View


def rolled_out(view: View) -> None:
    """From a frame that the reader picks, the network reads its own predictions."""
    blocks.part(view, "video.rolled", anchor="rolled")
    controls.number("rolled", view.lang, width=320)
    seen, shown, cell = view.whole("rolled", 6), strip.clip(view), strip.cell(view)
    said, off = computed.rolled(cell, shown, seen)
    blocks.picture(view, memoized(figures.video_rollout, shown.frames[seen:], said, off, seen, cell, **view.style))
    blocks.picture(view, memoized(figures.video_drift, computed.drift(cell), computed.clips(), cell, **view.style))


def depends(view: View) -> None:
    """The gradient of the surprise in the frame that is chosen; at the first frame, in the second."""
    blocks.part(view, "video.depends", anchor="depends")
    shown, cell = strip.clip(view), strip.cell(view)
    step = view.state["t"]
    place = max(step if isinstance(step, int) else len(shown.frames), 2) - 1  # 0-based
    slopes, shares = computed.slopes(cell, shown, place)
    seen = shown.frames[place - len(slopes) : place]
    blocks.picture(view, memoized(figures.video_gradient, slopes, seen, shares, place + 1, **view.style))


def blur(view: View) -> None:
    """Why what cannot be known is predicted blurred."""
    blocks.part(view, "video.blur", anchor="blur")
    frames, costs, every = computed.blurred(strip.cell(view), view.whole("image", 3))
    blocks.picture(view, memoized(figures.video_blur, frames, costs, every, strip.cell(view), **view.style))
