"""A price and its forecasts, which can be slid back in time: they follow the price, one step late."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from rnn_core.figures.captions import number
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Recurrent

HEIGHT, FOOT = 260, 40  # px of the plot, and what stands below
MONTH = "%Y-%m"  # in every language
ROOM = 0.08  # of the axis, above and below the lines


def forecast_prices(
    months: NDArray[np.datetime64],
    prices: Float[np.ndarray, " M"],
    said: Float[np.ndarray, " M"],
    slid: int,
    cell: Recurrent,
    *,
    lang: str,
    theme: Theme,
) -> Picture:
    """The price of each month of the test part, and what was forecast for it a month before.

    Args:
        months: when.
        prices: what was paid.
        said: what had been forecast for that month.
        slid: by how many months the forecasts are drawn earlier than the months that they are for.
        cell: what the network is made of.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    drawn = said[slid:]
    days = [str(month) for month in months.astype("datetime64[D]")]
    off = np.abs(drawn - prices[: len(drawn)]) / prices[: len(drawn)]
    which = "slid" if slid else "as_said"
    return Picture(
        key="forecast_prices",
        figure=_draw(days, prices, drawn, cell, lang, theme),
        title=text("forecast_prices.title", lang),
        finding=text(f"forecast_prices.finding.{which}", lang, slid=slid, off=number(100 * float(off.mean()))),
        method=text("forecast_prices.method", lang),
        legend=Legend(
            "",
            None,
            marks=(
                Mark("━", text("forecast_prices.price", lang)),
                Mark("╍", text("forecast_prices.said", lang), theme.mark(cell)),
            ),
        ),
        table=MappingProxyType(
            {
                text("forecast_prices.month", lang): tuple(days[: len(drawn)]),
                text("forecast_prices.price", lang): prices[: len(drawn)],
                text("forecast_prices.said", lang): np.array(drawn),
            }
        ),
    )


def _draw(
    days: Sequence[str],
    prices: Float[np.ndarray, " M"],
    drawn: Float[np.ndarray, " D"],
    cell: Recurrent,
    lang: str,
    theme: Theme,
) -> go.Figure:
    low, high = min(prices.min(), drawn.min()), max(prices.max(), drawn.max())
    room = float(high - low) * ROOM or 1.0
    return theme.draw(
        theme.height(HEIGHT) + theme.px(FOOT),
        [
            _line("price", days, prices, theme["ink"], "solid", lang, theme),
            _line("said", days[: len(drawn)], drawn, theme.mark(cell), "dash", lang, theme),
        ],
        margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(12), "b": theme.px(FOOT)},
        xaxis={"type": "date", "range": [days[0], days[-1]], "tickformat": MONTH, "hoverformat": MONTH},
        yaxis={
            "range": [float(low) - room, float(high) + room],
            "showgrid": True,
            "title": {"text": text("forecast_prices.axis", lang)},
        },
    )


def _line(
    what: str, days: Sequence[str], values: Float[np.ndarray, " M"], color: str, dash: str, lang: str, theme: Theme
) -> Part:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": text(f"forecast_prices.{what}", lang),
        "meta": what,
        "x": list(days),
        "y": np.array(values, np.float64),
        "line": theme.stroke(color, 2.25, dash),
        "marker": theme.dot(color, 6, "circle" if what == "price" else "diamond"),
        "hovertemplate": "%{x}: %{y:.1f}<extra>%{fullData.name}</extra>",
    }
