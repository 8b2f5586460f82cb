"""Why a prediction is blurred: two frames that may come, their mean, what a network says, and what each would cost."""

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

HEIGHT, FOOT = 190, 62  # px
COLUMNS = ("now", "one", "other", "mean")


def video_blur(
    frames: Float[np.ndarray, "5 H W"],
    costs: Float[np.ndarray, "4 2"],
    every: Float[np.ndarray, " 4"],
    cell: Recurrent,
    *,
    lang: str,
    theme: Theme,
) -> Picture:
    """Five frames in a row.

    Args:
        frames: the one that is seen; two that may come; their mean; and what the network predicts.
        costs: of the last four, the mean squared error against each of the two.
        every: of the last four, the mean of it over every frame that may come.
        cell: what the network is made of.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    names = [*(text(f"video_blur.{name}", lang) for name in COLUMNS), called(cell, lang)]
    shown = np.clip(frames, 0, 1)[None]
    under = [names[0], *(f"{name}<br>{_both(pair)}" for name, pair in zip(names[1:], costs, strict=True))]
    cells = film.shown(shown, "size", (0, 1), theme)
    return Picture(
        key="video_blur",
        figure=film.draw(shown, [cells], under, [""], theme, most=HEIGHT, foot=FOOT),
        title=text("video_blur.title", lang),
        finding=text(
            "video_blur.finding",
            lang,
            one=number(float(costs[0, 1])),
            first=number(float(costs[2, 0])),
            second=number(float(costs[2, 1])),
        ),
        method=text("video_blur.method", lang),
        legend=Legend(text("video_rollout.light", lang), "size", "0", "1"),
        table=MappingProxyType(
            {
                text("video_blur.said", lang): tuple(names[1:]),
                text("video_blur.against.one", lang): costs[:, 0],
                text("video_blur.against.other", lang): costs[:, 1],
                text("video_blur.against.every", lang): every,
            }
        ),
    )


def _both(pair: Float[np.ndarray, " 2"]) -> str:
    return " / ".join(number(float(one)) for one in pair)
