"""How often what came lay within the fan, by how many steps ahead, against how often it should."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Int

from rnn_core.figures.captions import hundredths, percent
from rnn_core.figures.picture import Picture
from rnn_core.messages import text
from rnn_core.statistics.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Recurrent

HEIGHT, FOOT = 150, 52  # px of the plot, and what stands below
SHOULD = 0.8
ENDS = (0.5, 1.0)  # of the axis


def forecast_coverage(
    counts: Sequence[tuple[int, int]], cell: Recurrent, *, lang: str, theme: Theme, key: str = "forecast_coverage"
) -> Picture:
    """A point a number of steps ahead, with its 95 % interval, and a line at what it should be.

    Args:
        counts: how many values lay within the outer quantiles, and of how many.
        cell: what the network is made of.
        lang: the reader's language.
        theme: light or dark, and how large.
        key: of the chart.
    """
    inside, of = (np.array(column) for column in zip(*counts, strict=True))
    ahead = np.arange(1, len(counts) + 1)
    whole = percent(float(inside.sum() / of.sum()), lang)
    return Picture(
        key=key,
        figure=_draw(inside, of, cell, lang, theme),
        title=text("forecast_coverage.title", lang),
        finding=text("forecast_coverage.finding", lang, share=whole, should=percent(SHOULD, lang)),
        method=text("forecast_coverage.method", lang),
        legend=None,
        table=MappingProxyType(
            {
                text("forecast_error.ahead", lang): ahead,
                text("forecast_coverage.inside", lang): inside,
                text("forecast_coverage.of", lang): of,
            }
        ),
    )


def _draw(
    inside: Int[np.ndarray, " K"], of: Int[np.ndarray, " K"], cell: Recurrent, lang: str, theme: Theme
) -> go.Figure:
    shares, ahead = inside / of, np.arange(1, len(of) + 1)
    return theme.draw(
        theme.height(HEIGHT) + theme.px(FOOT),
        [_points(shares, *wilson(list(inside), list(of)), ahead, cell, theme)],
        margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(12), "b": theme.px(FOOT)},
        shapes=[
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": SHOULD, "y1": SHOULD}
            | {"line": theme.stroke(theme["edge"], 1.5, "dash"), "layer": "below"}
        ],
        xaxis={
            "range": [0.6, len(of) + 0.4],
            "tickvals": ahead.tolist(),
            "title": {"text": text("forecast_error.ahead", lang)},
        },
        yaxis={
            "range": [min(ENDS[0], float(shares.min()) - 0.1), ENDS[1]],
            "tickformat": ".0%",
            "tickvals": [0.0, 0.2, 0.4, 0.6, 0.8, 1.0],
            "showgrid": True,
        },
    )


def _points(
    shares: np.ndarray, low: np.ndarray, high: np.ndarray, ahead: np.ndarray, cell: Recurrent, theme: Theme
) -> Part:
    color = theme.mark(cell)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": ahead,
        "y": shares,
        "text": [f"{hundredths(float(share), 1)}%" for share in shares],
        "hovertemplate": "%{x}: %{text}<extra></extra>",
        "marker": theme.dot(color, 10),
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": high - shares,
            "arrayminus": shares - low,
            "color": color,
            "thickness": theme.px(1.5),
            "width": theme.px(5),
        },
    }
