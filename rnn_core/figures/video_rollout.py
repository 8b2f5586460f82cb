"""Frames that a network goes on with by itself, under those that came."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from rnn_core.figures import film
from rnn_core.figures.captions import number
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Legend, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from rnn_core.figures.theme import Theme
    from rnn_core.quantities import Recurrent

HEIGHT, FOOT = 190, 44  # px


def video_rollout(
    came: Float[np.ndarray, "K H W"],
    said: Float[np.ndarray, "K H W"],
    off: Float[np.ndarray, " K"],
    start: int,
    cell: Recurrent,
    *,
    lang: str,
    theme: Theme,
) -> Picture:
    """Two rows of K frames.

    Args:
        came: what came.
        said: what the network predicted, each from those that it predicted before.
        off: how far both centres are apart, in pixels; nan where one frame is dark.
        start: how many frames it had seen.
        cell: what the network is made of.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    frames = np.stack([came, np.clip(said, 0, 1)])
    numbers = [str(start + step + 1) for step in range(len(came))]
    rows = [text("video_rollout.came", lang), called(cell, lang)]
    return Picture(
        key="video_rollout",
        figure=film.draw(
            frames,
            [film.shown(frames, "size", (0, 1), theme)],
            numbers,
            rows,
            theme,
            most=HEIGHT,
            foot=FOOT,
            across=text("video_rollout.axis", lang),
        ),
        title=text("video_rollout.title", lang, start=start),
        finding=_finding(off, start, lang),
        method=text("video_rollout.method", lang),
        legend=Legend(text("video_rollout.light", lang), "size", "0", "1"),
        table=MappingProxyType(
            {
                text("video_rollout.axis", lang): np.arange(start + 1, start + 1 + len(came)),
                text("video_rollout.off", lang): off,
            }
        ),
    )


def _finding(off: Float[np.ndarray, " K"], start: int, lang: str) -> str:
    """How far the centre is off at first and at last; where one frame has no light, that."""
    known = np.flatnonzero(np.isfinite(off))
    if not len(known):
        return text("video_rollout.dark", lang)
    first, last = int(known[0]), int(known[-1])
    if first == last:
        return text("video_rollout.one", lang, frame=start + first + 1, off=number(float(off[first])))
    return text(
        "video_rollout.finding",
        lang,
        first=start + first + 1,
        off=number(float(off[first])),
        last=start + last + 1,
        end=number(float(off[last])),
    )
