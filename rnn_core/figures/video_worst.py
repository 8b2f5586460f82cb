"""The frame that a network predicts worst: what it had seen before, what came, and what it had predicted."""

from __future__ import annotations

import math
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

HEIGHT, FOOT = 150, 44  # px


def video_worst(
    before: Float[np.ndarray, "K H W"],
    came: Float[np.ndarray, "H W"],
    said: Float[np.ndarray, "H W"],
    off: float,
    frame: int,
    cell: Recurrent,
    *,
    lang: str,
    theme: Theme,
) -> Picture:
    """K + 2 frames in a row.

    Args:
        before: the last frames that it had seen.
        came: the next one.
        said: what it had predicted.
        off: how far both centres are apart, in pixels; nan where one frame is dark.
        frame: the number of the next one, 1-based.
        cell: what the network is made of.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    frames = np.stack([*before, came, np.clip(said, 0, 1)])[None]
    numbers = [str(frame - len(before) + place) for place in range(len(before))]
    under = [*numbers, f"{frame}<br>{text('video_rollout.came', lang)}", f"{frame}<br>{called(cell, lang)}"]
    which = "dark" if math.isnan(off) else "finding"
    return Picture(
        key="video_worst",
        figure=film.draw(
            frames, [film.shown(frames, "size", (0, 1), theme)], under, [""], theme, most=HEIGHT, foot=FOOT
        ),
        title=text("video_worst.title", lang),
        finding=text(f"video_worst.{which}", lang, off=number(off)),
        method=text("video_worst.method", lang),
        legend=Legend(text("video_rollout.light", lang), "size", "0", "1"),
        table=MappingProxyType(
            {
                text("video_rollout.axis", lang): (frame,),
                text("video_rollout.off", lang): np.array([off]),
            }
        ),
    )
