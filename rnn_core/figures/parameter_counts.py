"""How many numbers each cell learns at one size, and how the counts come about."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import percent
from rnn_core.figures.picture import Picture
from rnn_core.messages import text
from rnn_core.parameters import ParameterCount
from rnn_core.quantities import BLOCKS, Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Look, Part

ROW, BAR = 60, 0.36  # px a cell, and the share of it that is its bar; the count stands over the bar


def parameter_counts(inputs: int, hidden: int, *, lang: str, look: Look) -> Picture:
    """The learned numbers of one layer of each cell, with inputs of size D and H units."""
    counts = [ParameterCount(cell, inputs, hidden) for cell in sorted(BLOCKS, key=lambda cell: BLOCKS[cell])]
    by_cell: dict[Cell, ParameterCount] = {count.cell: count for count in counts}
    fewer = 1 - by_cell["gru"].total / by_cell["lstm"].total
    return Picture(
        key="parameter_counts",
        figure=_draw(counts, look),
        title=text("parameters.title", lang),
        finding=text(
            "parameters.finding",
            lang,
            **{cell: f"{count.total:,}" for cell, count in by_cell.items()},
            ratio="\u00a0:\u00a0".join(f"{count.total / counts[0].total:g}" for count in counts),
            fewer=percent(fewer, lang),
        ),
        method=text("parameters.method", lang, inputs=inputs, hidden=hidden),
        legend=None,
        table=MappingProxyType(
            {
                text("parameters.column.cell", lang): tuple(count.cell.upper() for count in counts),
                text("parameters.column.formula", lang): tuple(count.formula for count in counts),
                text("parameters.column.total", lang): tuple(count.total for count in counts),
            }
        ),
    )


def _draw(counts: Sequence[ParameterCount], look: Look) -> go.Figure:
    names = [count.cell.upper() for count in counts]
    bars: Part = {
        "type": "bar",
        "orientation": "h",
        "x": np.array([count.total for count in counts]),
        "y": names,
        "marker": {"color": [look.mark(count.cell) for count in counts], "line": {"width": 0}},
        "customdata": [count.formula for count in counts],
        "hovertemplate": "%{y}<br>%{customdata}<extra></extra>",
    }
    formulas = [
        look.label(
            f"<b>{count.cell.upper()}</b>  {count.formula}",
            x=0,
            y=row,
            xanchor="left",
            yanchor="bottom",
            xshift=-look.px(4),
            yshift=look.height(ROW * BAR / 2),
        )
        for row, count in enumerate(counts)
    ]
    return look.draw(
        look.height(ROW * len(counts)) + look.px(16),
        [bars],
        margin={side: look.px(8) for side in "lrtb"},
        bargap=1 - BAR,
        annotations=formulas,
        xaxis={"range": [0, max(count.total for count in counts)], "showticklabels": False},
        yaxis={"type": "category", "range": [len(counts) - 0.5, -0.8], "showticklabels": False},
    )
