"""A map of sizes over decades: a row a network or a way of reading, a column a word, and signs where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import log_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.figures.words import Words
    from rnn_core.quantities import Scale

    Array = NDArray[np.floating]
    Mask = NDArray[np.bool_]

SCALE: Scale = "size"
MANY = 24  # words beyond which gaps are thin and signs small


def draw(
    values: Array,
    ends: tuple[float, float],
    names: Sequence[str],
    words: Words,
    theme: Theme,
    *,
    row: float,
    beside: float,
    over: Sequence[Part] = (),
    shapes: Sequence[Part] = (),
) -> go.Figure:
    """The map.

    Args:
        values: (N, T), at least 0; nan where nothing is drawn.
        ends: the ends of the scale, as exponents of 10; what is smaller is drawn as the lower one, exactly 0 as a ring.
        names: of the N rows, in Plotly's HTML.
        words: the T words.
        theme: light or dark, and how large.
        row: the height of a row in px at a desk.
        beside: the width in px that the names take.
        over: what is drawn over the map, its rows counted from 0 and its words from 1.
        shapes: likewise.
    """
    below = words.margin(theme, beside)
    return theme.draw(
        theme.height(row * len(names)) + below + theme.px(12),
        [_cells(values, ends, words, theme), signs(values == 0, log_axis.ZERO[1], theme), *over],
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": below},
        shapes=list(shapes),
        xaxis=words.axis(theme, beside),
        yaxis={
            "tickvals": list(range(len(names))),
            "ticktext": list(names),
            "tickfont": theme.font(),
            "range": [len(names) - 0.4, -0.6],
        },
    )


def _cells(values: Array, ends: tuple[float, float], words: Words, theme: Theme) -> Part:
    with np.errstate(divide="ignore"):
        size = np.where(values > 0, np.log10(values), np.nan)
    return {
        "type": "heatmap",
        "z": np.maximum(size, ends[0]),
        "customdata": values,
        "x": np.arange(1, len(words.tokens) + 1, dtype=np.int16),
        "y": np.arange(len(values), dtype=np.int16),
        "zmin": ends[0],
        "zmax": ends[1],
        "colorscale": theme.colorscale(SCALE),
        "showscale": False,
        "xgap": theme.px(2 if len(words.tokens) <= MANY else 1),
        "ygap": theme.px(4),
        "hoverongaps": False,
        "hovertemplate": "%{x}<br>%{customdata:.3~g}<extra></extra>",
    }


def signs(where: Mask, symbol: str, theme: Theme) -> Part:
    """A sign at each place of (N, T) where `where` says so."""
    rows, places = np.nonzero(where)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": (places + 1).astype(np.int16),
        "y": rows.astype(np.int16),
        "hoverinfo": "skip",
        "marker": theme.dot(theme["ink"], 9 if where.shape[1] <= MANY else 5, symbol, width=1.5),
    }
