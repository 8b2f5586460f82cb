"""A film frame by frame: how much it changes, how far a network is off, and where both say that it is cut."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from rnn_core.figures.networks import called
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.figures.drawn import Drawn
    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Recurrent

HEIGHT, FOOT = 260, 52  # px
SIGNS = {"found": ("▼", "triangle-down"), "missed": ("▽", "triangle-down-open"), "beside": ("✕", "x-thin-open")}


def film_surprise(
    change: Float[np.ndarray, " N"],
    surprise: Float[np.ndarray, " N"],
    learned: int,
    cuts: tuple[Sequence[int], Sequence[int], Sequence[int]],
    cell: Recurrent,
    *,
    lang: str,
    theme: Theme,
) -> Picture:
    """Two curves over the frames; the part that was learned from lies on another ground.

    Args:
        change: the mean squared difference of each frame from the one before, from the second on.
        surprise: the mean squared error of what the network predicted of the same frames.
        learned: how many frames were learned from.
        cuts: the places in both arrays of the cuts that the surprise marks too, of those that it misses, and of the
            frames that only it marks.
        cell: what the network is made of.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    marked = dict(zip(SIGNS, cuts, strict=True))
    frames = np.arange(2, len(change) + 2)
    names = {"change": text("film_surprise.change", lang), "surprise": called(cell, lang)}
    signs = tuple(Mark(SIGNS[kind][0], text(f"film_surprise.{kind}", lang)) for kind, at in marked.items() if len(at))
    curves = (
        Mark("┄", names["change"], theme["muted"]),
        Mark("━", text("film_surprise.network", lang, name=names["surprise"]), theme.mark(cell)),
    )
    found, missed, beside = (len(at) for at in cuts)
    said = text("film_surprise.cuts", lang, found=found, of=found + missed)
    if beside:
        said = text("figures.join", lang, first=said, second=text("film_surprise.more", lang, count=beside))
    return Picture(
        key="film_surprise",
        figure=_draw(frames, change, surprise, learned, marked, cell, lang, theme),
        title=text("film_surprise.title", lang),
        finding=said if found + missed + beside else text("film_surprise.no_cuts", lang),
        method=text("film_surprise.method", lang, learned=learned),
        legend=Legend("", None, marks=(*curves, *signs)),
        table=MappingProxyType(
            {
                text("film_surprise.frame", lang): frames,
                names["change"]: change,
                text("film_surprise.network", lang, name=names["surprise"]): surprise,
            }
        ),
    )


def _draw(
    frames: np.ndarray,
    change: Float[np.ndarray, " N"],
    surprise: Float[np.ndarray, " N"],
    learned: int,
    marked: dict[str, Sequence[int]],
    cell: Recurrent,
    lang: str,
    theme: Theme,
) -> Drawn:
    high = float(max(change.max(), surprise.max())) * 1.2 or 1.0
    rest = learned + 0.5
    return theme.draw(
        theme.height(HEIGHT) + theme.px(FOOT),
        [
            _curve(frames, change, theme.stroke(theme["muted"], 1.5, "dot")),
            _curve(frames, surprise, theme.stroke(theme.mark(cell), 2)),
            *(_signs(kind, frames, at, change, surprise, theme) for kind, at in marked.items() if len(at)),
        ],
        margin={"l": theme.px(8), "r": theme.px(12), "t": theme.px(28), "b": theme.px(FOOT)},
        shapes=[
            {"type": "rect", "xref": "x", "yref": "paper", "x0": 1, "x1": rest, "y0": 0, "y1": 1, "layer": "below"}
            | {"fillcolor": theme["surface"], "line": {"width": 0}}
        ],
        annotations=[
            theme.label(text(f"film_surprise.part.{part}", lang), "muted", x=at, y=1, yref="paper", yanchor="bottom")
            | {"xanchor": anchor}
            for part, at, anchor in (("learned", 1, "left"), ("rest", rest, "left"))
        ],
        xaxis={"range": [1, len(change) + 2], "title": {"text": text("film_surprise.frame", lang)}},
        yaxis={"range": [0, high], "showgrid": True, "title": {"text": text("film_surprise.axis", lang)}},
    )


def _curve(frames: np.ndarray, values: Float[np.ndarray, " N"], line: Part) -> Part:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": frames,
        "y": values.astype(np.float64),
        "line": line,
        "hovertemplate": "%{x}: %{y:.4f}<extra></extra>",
    }


def _signs(
    kind: str,
    frames: np.ndarray,
    at: Sequence[int],
    change: Float[np.ndarray, " N"],
    surprise: Float[np.ndarray, " N"],
    theme: Theme,
) -> Part:
    places = np.array(at)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": frames[places],
        "y": np.maximum(change, surprise)[places].astype(np.float64),
        "marker": theme.dot(theme["ink"], 10, SIGNS[kind][1]),
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
