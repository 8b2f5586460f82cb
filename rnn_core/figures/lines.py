"""What the charts with a value axis share: its range, the shelf for what has no place on it, lines and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.margins import LABEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme

    Array = NDArray[np.floating]

HEIGHT = 288  # px of the plot
DOTS = 20  # steps beyond which a line has no dots
SHELF = 0.12  # of the range: how far above it the shelf for NaN and ∞ lies


def span(values: Array, low: float, high: float) -> tuple[float, float]:
    """The range from `low` to `high`, widened as far as finite values ask; nothing is off a value axis."""
    finite = values[np.isfinite(values)]
    return float(finite.min(initial=low)), float(finite.max(initial=high))


def value_axis(values: Array, ends: tuple[float, float], theme: Theme) -> tuple[Part, float]:
    """The y axis from one end to the other, and the height of the shelf above it (in the range only if it's needed)."""
    low, high = ends
    room = high - low
    shelf = high + SHELF * room
    lost = not bool(np.isfinite(values).all())
    axis: Part = {
        "range": [low - 0.04 * room, shelf + 0.06 * room if lost else high + 0.04 * room],
        "nticks": 6,
        "showgrid": True,
        "zeroline": True,
        "zerolinecolor": theme["edge"],
        "zerolinewidth": theme.px(1),
    }
    return axis, shelf


def line(values: Array, color: str, theme: Theme, dash: str = "solid", symbol: str = "circle") -> Part:
    """A line through T values; a gap where one is not finite."""
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(values) <= DOTS else "lines",
        "x": np.arange(1, len(values) + 1, dtype=np.int16),
        "y": values,
        "line": theme.stroke(color, 2.5, dash),
        "marker": theme.dot(color, 8, symbol, rim=theme["bg"], width=1),
        "connectgaps": False,
    }


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights at least `gap` apart (as far as `low` to `high` has room), in the same order, as near as they can be.

    Example:
        >>> spread([0.0, 0.0, 1.0], 0.2, -1.0, 1.0)
        [-0.1, 0.1, 1.0]
    """
    gap = min(gap, (high - low) / max(len(places) - 1, 1))
    order = sorted(range(len(places)), key=lambda index: places[index])
    groups: list[list[float]] = []  # of labels that touch: [sum of wanted first places, how many]
    for rank, index in enumerate(order):
        groups.append([places[index] - rank * gap, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, count = groups.pop()
            groups[-1] = [groups[-1][0] + total, groups[-1][1] + count]
    first = [total / count for total, count in groups for _ in range(int(count))]
    last = high - (len(places) - 1) * gap
    placed = [0.0] * len(places)
    for rank, index in enumerate(order):
        placed[index] = round(min(max(first[rank], low), last) + rank * gap, 12)
    return placed


def names(
    labels: Sequence[str], colors: Sequence[str], ends: Sequence[float], axis: tuple[float, float], theme: Theme
) -> list[Part]:
    """The lines' names at their right ends, pushed apart."""
    low, high = axis
    gap = (high - low) * theme.px(LABEL * 1.4) / theme.height(HEIGHT)
    return [
        theme.label(
            f"<b>{label}</b>",
            color,
            x=1,
            xref="paper",
            xanchor="left",
            xshift=theme.px(6),
            y=place,
            yanchor="middle",
        )
        for label, color, place in zip(labels, colors, spread(ends, gap, low, high), strict=True)
    ]
