"""By how much a forecast would move if a past day had been warmer, or a past value higher."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from rnn_core.figures.captions import number, signed
from rnn_core.figures.picture import Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Recurrent

HEIGHT, FOOT = 190, 52  # px of the plot, and what stands below
ROOM = 1.15
SMALL = 0.05  # of the largest: what is below has next to no influence


def forecast_influence(
    slopes: Float[np.ndarray, " D"], ahead: int, unit: str, cell: Recurrent, *, lang: str, theme: Theme
) -> Picture:
    """A bar a past step, the last one at the right.

    Args:
        slopes: by how much the forecast moves, in its own units, where the value 0, 1, … steps before were one higher.
        ahead: how many steps ahead is forecast.
        unit: of the values.
        cell: what the network is made of.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    back = -np.arange(len(slopes))
    return Picture(
        key="forecast_influence",
        figure=_draw(slopes, unit, cell, lang, theme),
        title=text("forecast_influence.title", lang),
        finding=_finding(slopes, ahead, unit, lang),
        method=text("forecast_influence.method", lang),
        legend=None,
        table=MappingProxyType({text("forecast_influence.axis", lang): back, unit: np.array(slopes)}),
    )


def _draw(slopes: Float[np.ndarray, " D"], unit: str, cell: Recurrent, lang: str, theme: Theme) -> go.Figure:
    back = -np.arange(len(slopes))
    bars: Part = {
        "type": "bar",
        "x": back,
        "y": slopes,
        "marker": {"color": theme.mark(cell)},
        "customdata": [signed(float(value)) for value in slopes],
        "hovertemplate": f"%{{x}}: %{{customdata}} {unit}<extra></extra>",
    }
    return theme.draw(
        theme.height(HEIGHT) + theme.px(FOOT),
        [bars],
        margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(12), "b": theme.px(FOOT)},
        xaxis={
            "range": [0.6 - len(slopes), 0.6],
            "tickvals": [int(day) for day in back],
            "ticktext": [str(day).replace("-", "−") if day else text("forecast_influence.now", lang) for day in back],
            "title": {"text": text("forecast_influence.axis", lang)},
        },
        yaxis={
            "range": [min(0.0, float(slopes.min())) * ROOM, max(0.0, float(slopes.max())) * ROOM or 1.0],
            "showgrid": True,
            "zeroline": True,
            "zerolinecolor": theme["edge"],
            "title": {"text": unit},
        },
    )


def _finding(slopes: Float[np.ndarray, " D"], ahead: int, unit: str, lang: str) -> str:
    """What the last value does, and how far back there is more than next to nothing."""
    sizes = np.abs(slopes)
    if not sizes.max():
        return text("forecast_influence.nothing", lang)
    far = int(np.flatnonzero(sizes >= SMALL * sizes.max())[-1])
    said = text("forecast_influence.finding", lang, ahead=ahead, moved=number(float(slopes[0])), unit=unit)
    return text("figures.join", lang, first=said, second=text("forecast_influence.far", lang, far=far))
