"""Which pixels of the frames that were seen the surprise depends on: its gradient, over the light of each frame."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from rnn_core.figures import film
from rnn_core.figures.captions import number, percent
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from rnn_core.figures.theme import Part, Theme

HEIGHT, FOOT = 220, 44  # px
LIT = 0.3  # light from which a pixel is within the outline


def video_gradient(
    slopes: Float[np.ndarray, "K H W"],
    frames: Float[np.ndarray, "K H W"],
    shares: Float[np.ndarray, " K"],
    step: int,
    *,
    lang: str,
    theme: Theme,
) -> Picture:
    """The last K frames before one that is predicted, the last one at the right.

    Args:
        slopes: by how much the mean squared error of the prediction changes with the light of each pixel.
        frames: their light.
        shares: of each frame, of the sizes of all slopes up to the prediction.
        step: the frame that is predicted, 1-based.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    most = float(np.abs(slopes).max())
    ends = (-most, most) if most else (-1.0, 1.0)
    numbers = [str(step - len(frames) + place) for place in range(len(frames))]
    return Picture(
        key="video_gradient",
        figure=film.draw(
            slopes[None],
            [
                film.shown(slopes[None], "signed", ends, theme, hovertemplate="%{z:.2g}<extra></extra>"),
                _lit(frames, theme),
            ],
            numbers,
            [""],
            theme,
            most=HEIGHT,
            foot=FOOT,
            across=text("video_gradient.axis", lang),
        ),
        title=text("video_gradient.title", lang, step=step),
        finding=_finding(slopes, shares, step, lang),
        method=text("video_gradient.method", lang),
        legend=Legend(
            text("video_gradient.slope", lang),
            "signed",
            number(ends[0]),
            number(ends[1]),
            (Mark("▢", text("video_gradient.lit", lang)),),
        ),
        table=_table(slopes, numbers, lang),
    )


def _lit(frames: Float[np.ndarray, "K H W"], theme: Theme) -> Part:
    """The outline of what is bright."""
    return {
        "type": "contour",
        "z": film.tile(frames[None]).astype(np.float32),
        "contours": {"start": LIT, "end": LIT, "size": 1, "coloring": "lines"},
        "colorscale": [[0, theme["ink"]], [1, theme["ink"]]],
        "line": {"width": theme.px(1.5), "smoothing": 0},
        "showscale": False,
        "hoverinfo": "skip",
    }


def _finding(slopes: Float[np.ndarray, "K H W"], shares: Float[np.ndarray, " K"], step: int, lang: str) -> str:
    """In which of the frames the largest slope is, and how much of all lies in the last frame."""
    if not slopes.any():
        return text("video_gradient.none", lang)
    place, row, column = (int(one) for one in np.unravel_index(np.abs(slopes).argmax(), slopes.shape))
    return text(
        "video_gradient.finding",
        lang,
        frame=step - len(slopes) + place,
        row=row + 1,
        column=column + 1,
        share=percent(float(shares[-1]), lang),
        last=step - 1,
    )


def _table(slopes: Float[np.ndarray, "K H W"], numbers: list[str], lang: str) -> MappingProxyType[str, np.ndarray]:
    rows, columns = np.indices(slopes.shape[1:])
    found = {
        text("video_gradient.row", lang): rows.ravel() + 1,
        text("video_gradient.column", lang): columns.ravel() + 1,
    }
    found |= {
        text("video_gradient.of", lang, frame=number): one.ravel() for number, one in zip(numbers, slopes, strict=True)
    }
    return MappingProxyType(found)
