"""What all maps of T × T sizes share: the square, the colour as a logarithm, and what causality leaves bare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import log_axis, sparse_axis
from rnn_core.figures.ratio import power
from rnn_core.figures.sparse_axis import FEW

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme

    Float64 = NDArray[np.float64]
    Mask = NDArray[np.bool_]

SIDE, BESIDE = 264, 120  # px: of the square, and what of a page's width is not its own


def causal(steps: int, direction: int | None) -> Mask:
    """Which s can move which t, (T, T): direction 0 reads forwards, 1 backwards, None all at once."""
    if direction is None:
        return np.ones((steps, steps), dtype=bool)
    lower: Mask = np.tri(steps, dtype=bool)
    return lower.T if direction else lower


def cells(values: Float64, may: Mask, ends: tuple[float, float], theme: Theme) -> Part:
    """The coloured cells where `may` is, on a scale with these ends as exponents of 10."""
    steps = np.arange(1, len(values) + 1, dtype=np.int16)
    gap = theme.px(2) if len(values) <= FEW else 0
    return {
        "type": "heatmap",
        "z": np.log10(np.where(may, log_axis.drawable(values), np.nan)).astype(np.float32),
        "x": steps,
        "y": steps,
        "zmin": ends[0],
        "zmax": ends[1],
        "colorscale": theme.colorscale("size"),
        "showscale": False,
        "xgap": gap,
        "ygap": gap,
        "hoverongaps": False,
    }


def draw(
    traces: Sequence[Part], shapes: Sequence[Part], across: Part, down: Part, below: float, theme: Theme
) -> go.Figure:
    """The square with the words `across` and what is moved `down`; the words take `below` px."""
    steps = len(traces[0]["y"])  # type: ignore[arg-type]  # an array
    return theme.draw(
        theme.height(SIDE) + below + theme.px(8),
        traces,
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": below},
        shapes=shapes,
        xaxis=across | {"range": [0.5, steps + 0.5], "constrain": "domain"},
        yaxis=down | {"scaleanchor": "x", "constrain": "domain"},
    )


def signs(where: Mask, color: str, size: float, symbol: str, width: float, theme: Theme, **named: object) -> Part:
    """A sign on each of these cells."""
    down, across = np.nonzero(where)
    return {
        "type": "scatter",
        "mode": "markers",
        **named,
        "x": (across + 1).astype(np.int16),
        "y": (down + 1).astype(np.int16),
        "hoverinfo": "skip",
        "marker": theme.dot(color, size, symbol, width=width),
    }


def staircase(steps: int, direction: int, theme: Theme) -> Part:
    """The line at which what causality forbids begins."""
    corners = [(step + at, step + 0.5) for step in range(steps) for at in (0.5, 1.5)]
    if direction:
        corners = [(y, x) for x, y in corners]
    path = "M " + " L ".join(f"{x:g},{y:g}" for x, y in corners)
    return {"type": "path", "path": path, "line": theme.stroke(theme["edge"] if steps <= FEW else theme["line"])}


def above(values: Float64, ends: tuple[float, float]) -> Mask:
    """What lies beyond the upper end of the scale and is finite."""
    found: Mask = np.isfinite(values) & (values > 10.0 ** ends[1])
    return found


def ends_said(allowed: Float64, ends: tuple[float, float]) -> tuple[str, str]:
    """The ends of the scale as a legend says them: with ≤ and ≥ where something lies beyond."""
    low, high = (power(end) for end in ends)
    below = ((allowed > 0) & (allowed < 10.0 ** ends[0])).any()
    return f"≤ {low}" if below else low, f"≥ {high}" if above(allowed, ends).any() else high


def rows(names: Sequence[str]) -> Part:
    """The axis of what is moved, downwards."""
    shown = sparse_axis.shown(len(names))
    return {
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [names[step - 1] for step in shown],
        "labelalias": {str(step): name for step, name in enumerate(names, 1)},
        "range": [len(names) + 0.5, 0.5],
    }
