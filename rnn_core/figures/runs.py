"""What the drawings of training runs share: an axis of steps, a quiet line, a table."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.log_axis import LogAxis, drawable
from rnn_core.figures.margins import LABEL
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]


def draw(
    axis: LogAxis,
    layout: Part,
    traces: list[Part],
    notes: list[Part],
    steps: int,
    lang: str,
    theme: Theme,
    plot: float,
    beside: float,
) -> go.Figure:
    """The figure of `traces` over so many training steps; `plot` and `beside` are px at a desk."""
    above, below = theme.px(8), theme.px(LABEL * 4)
    return theme.draw(
        axis.height(theme, plot) + above + below,
        traces,
        margin={"l": theme.px(8), "r": theme.px(beside), "t": above, "b": below},
        hovermode="x unified",
        hoversubplots="axis",
        annotations=notes,
        xaxis={
            "title": {"text": text("runs.step", lang)},
            "range": [0, steps + max(1, 0.02 * steps)],
            "anchor": axis.foot,
            "nticks": 7,
        },
        **layout,
    )


def free_line(values: Float64, name: str, theme: Theme) -> Part:
    """The run without clipping: a thin grey line, as far as it comes; a dot where it has one step only."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": np.arange(1, len(values) + 1, dtype=np.int32),
        "y": drawable(values),
        "customdata": values,
        "name": name,
        "line": theme.stroke(theme["muted"], 1.5),
        "marker": theme.dot(theme["muted"], 3, width=0),
        "hovertemplate": f"{name}: %{{customdata:.4~g}}<extra></extra>",
    }


def table(named: Mapping[str, Array], lang: str) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    """A row a step, a column a name; a run that ended has None from there on."""
    count = max(map(len, named.values()))
    head: dict[str, tuple[object, ...] | np.ndarray] = {text("runs.step", lang): tuple(range(1, count + 1))}
    return MappingProxyType(head | {name: _filled(values, count) for name, values in named.items()})


def _filled(values: Array, count: int) -> tuple[object, ...] | np.ndarray:
    if len(values) == count:
        return values
    return (*values.tolist(), *[None] * (count - len(values)))
