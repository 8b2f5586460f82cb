"""A bar a cell on one axis from 0, with its name and what is said of its value over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.figures.networks import called

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell

ROW, BAR = 60, 0.36  # px a cell, and the share of it that is its bar; the number stands over the bar


def bars(cells: Sequence[Cell], values: np.ndarray, said: Sequence[str], lang: str, theme: Theme) -> go.Figure:
    """A bar a cell, downwards, with its name and what is said of its value over it; `values` are at least 0."""
    names = [called(cell, lang) for cell in cells]
    drawn: Part = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": names,
        "marker": {"color": [theme.mark(cell) for cell in cells], "line": {"width": 0}},
        "customdata": list(said),
        "hovertemplate": "%{y}<br>%{customdata}<extra></extra>",
    }
    notes = [
        theme.label(
            f"<b>{name}</b>  {note}",
            x=0,
            y=row,
            xanchor="left",
            yanchor="bottom",
            xshift=-theme.px(4),
            yshift=theme.height(ROW * BAR / 2),
        )
        for row, (name, note) in enumerate(zip(names, said, strict=True))
    ]
    return theme.draw(
        theme.height(ROW * len(cells)) + theme.px(16),
        [drawn],
        margin={side: theme.px(8) for side in "lrtb"},
        bargap=1 - BAR,
        annotations=notes,
        xaxis={"range": [0, float(values.max()) or 1.0], "showticklabels": False},
        yaxis={"type": "category", "range": [len(cells) - 0.5, -0.8], "showticklabels": False},
    )
