"""Frames side by side as one map: a row of frames each for whoever they are of, with gaps between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Scale

GAP = 2  # pixels of a frame
PHONE = 330  # px: how wide a map is on a phone


def tile(frames: Float[np.ndarray, "R C H W"]) -> Float[np.ndarray, "Y X"]:
    """All of them as one, R × C, with nan between; a frame that is nan stays empty.

    Example:
        >>> tile(np.ones((1, 2, 1, 2))).tolist()
        [[1.0, 1.0, nan, nan, 1.0, 1.0]]
    """
    rows, columns, high, wide = frames.shape
    found = np.full((rows * (high + GAP) - GAP, columns * (wide + GAP) - GAP), np.nan)
    for row in range(rows):
        for column in range(columns):
            top, left = row * (high + GAP), column * (wide + GAP)
            found[top : top + high, left : left + wide] = frames[row, column]
    return found


def middles(count: int, side: int) -> list[float]:
    """Where the middles of so many frames of `side` pixels are on the map.

    Example:
        >>> middles(2, 16)
        [7.5, 25.5]
    """
    return [number * (side + GAP) + (side - 1) / 2 for number in range(count)]


def height(frames: Float[np.ndarray, "R C H W"], most: float, theme: Theme) -> int:
    """How high the map is: at most so many px at a desk, on a phone as its width has it."""
    tall, long = tile(frames).shape
    return theme.height(min(most, PHONE * tall / long) if theme.narrow else most)


def shown(
    frames: Float[np.ndarray, "R C H W"], scale: Scale, ends: tuple[float, float], theme: Theme, **more: object
) -> Part:
    """The map of frames as a trace."""
    return {
        "type": "heatmap",
        "z": tile(frames).astype(np.float32),
        "zmin": ends[0],
        "zmax": ends[1],
        "colorscale": theme.colorscale(scale),
        "showscale": False,
        "hoverongaps": False,
        "hovertemplate": "%{z:.3f}<extra></extra>",
        **more,
    }


def axes(
    frames: Float[np.ndarray, "R C H W"], columns: Sequence[str], rows: Sequence[str], theme: Theme
) -> tuple[Part, Part]:
    """The axes of the map: what stands under each column and beside each row."""
    _, _, high, wide = frames.shape
    tall, long = tile(frames).shape
    across: Part = {
        "tickvals": middles(len(columns), wide),
        "ticktext": list(columns),
        "tickfont": theme.font(),
        "range": [-0.5, long - 0.5],
        "showgrid": False,
        "constrain": "domain",
    }
    down: Part = {
        "tickvals": middles(len(rows), high),
        "ticktext": list(rows),
        "tickfont": theme.font(),
        "range": [tall - 0.5, -0.5],
        "showgrid": False,
        "scaleanchor": "x",
        "constrain": "domain",
    }
    return across, down


def draw(
    frames: Float[np.ndarray, "R C H W"],
    traces: Sequence[Part],
    columns: Sequence[str],
    rows: Sequence[str],
    theme: Theme,
    *,
    most: float,
    foot: float,
    across: str = "",
) -> go.Figure:
    """The figure of a map of frames.

    Args:
        frames: whose places decide on the axes.
        traces: the map, and what lies over it.
        columns, rows: what stands under each column and beside each row.
        theme: light or dark, and how large.
        most, foot: px of the map at most, and of what stands below it.
        across: what the columns are, where that is said.
    """
    named, down = axes(frames, columns, rows, theme)
    return theme.draw(
        height(frames, most, theme) + theme.px(foot),
        list(traces),
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": theme.px(foot)},
        xaxis=named | ({"title": {"text": across}} if across else {}),
        yaxis=down,
    )
