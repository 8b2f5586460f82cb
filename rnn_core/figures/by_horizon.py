"""How far a network and simple rules are off, by how many steps ahead: a line each, with its name at its right end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rnn_core.figures import lines
from rnn_core.figures.margins import LABEL
from rnn_core.figures.theme import DASHES, LINES, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Recurrent

NAMES, FOOT = 176, 52  # px that the names at the right take, and what stands below
NETWORK = "network"


class Horizons(NamedTuple):
    """What is drawn.

    Attributes:
        off: who → the error 1 … K steps ahead; the network's under `NETWORK`.
        names: who → what a reader calls them.
        cell: what the network is made of.
        ends: of the axis of errors.
        height: px of the plot.
        digits: of an error under the pointer, behind the point.
        titles: of the axis of steps and of that of errors.
        every: so many steps are between two numbers on their axis.
    """

    off: Mapping[str, Sequence[float]]
    names: Mapping[str, str]
    cell: Recurrent
    ends: tuple[float, float]
    height: int
    digits: int
    titles: tuple[str, str]
    every: int = 1


def draw(found: Horizons, theme: Theme, marks: Sequence[Part] = ()) -> go.Figure:
    """The figure; `marks` stand in it too."""
    ahead = len(found.off[NETWORK])
    colors = {who: _color(who, place, found.cell, theme) for place, who in enumerate(found.off)}
    return theme.draw(
        theme.height(found.height) + theme.px(FOOT),
        [_line(found, who, colors[who], place, theme) for place, who in enumerate(found.off)],
        margin={"l": theme.px(8), "r": theme.px(NAMES), "t": theme.px(12), "b": theme.px(FOOT)},
        annotations=[*_labels(found, colors, theme), *marks],
        xaxis={
            "range": [0.7, ahead + 0.2],
            "tickvals": list(range(1, ahead + 1, found.every)),
            "title": {"text": found.titles[0]},
        },
        yaxis={"range": list(found.ends), "showgrid": True, "title": {"text": found.titles[1]}},
    )


def _color(who: str, place: int, cell: Recurrent, theme: Theme) -> str:
    return theme.mark(cell) if who == NETWORK else LINES[theme.mode][place % len(LINES[theme.mode])]


def _line(found: Horizons, who: str, color: str, place: int, theme: Theme) -> Part:
    ours, errors = who == NETWORK, found.off[who]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": found.names[who],
        "meta": who,
        "x": np.arange(1, len(errors) + 1, dtype=np.int16),
        "y": np.array(errors, np.float64),
        "line": theme.stroke(color, 3 if ours else 1.75, "solid" if ours else DASHES[1 + place % (len(DASHES) - 1)]),
        "marker": theme.dot(color, 9 if ours else 7, SYMBOLS[place % len(SYMBOLS)]),
        "hovertemplate": f"%{{x}}: %{{y:.{found.digits}f}}<extra>{found.names[who]}</extra>",
    }


def _labels(found: Horizons, colors: Mapping[str, str], theme: Theme) -> list[Part]:
    """The lines' names at their right ends, pushed apart."""
    low, high = found.ends
    gap = (high - low) * theme.px(LABEL * 1.4) / theme.height(found.height)
    places = lines.spread([errors[-1] for errors in found.off.values()], gap, low, high)
    return [
        theme.label(
            f"<b>{found.names[who]}</b>" if who == NETWORK else found.names[who],
            theme.text(found.cell) if who == NETWORK else colors[who],
            x=len(found.off[NETWORK]),
            xanchor="left",
            xshift=theme.px(9),
            y=place,
            yanchor="middle",
        )
        for who, place in zip(found.off, places, strict=True)
    ]
