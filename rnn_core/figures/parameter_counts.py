"""How many numbers each cell learns at one size, and how the counts come about."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import percent
from rnn_core.figures.cell_bars import bars
from rnn_core.figures.picture import Picture
from rnn_core.messages import text
from rnn_core.quantities import BLOCKS, Cell
from rnn_core.recurrent.parameters import ParameterCount

if TYPE_CHECKING:
    from rnn_core.figures.theme import Theme


def parameter_counts(inputs: int, hidden: int, *, lang: str, theme: Theme) -> Picture:
    """The learned numbers of one layer of each cell, with inputs of size D and H units."""
    counts = [ParameterCount(cell, inputs, hidden) for cell in sorted(BLOCKS, key=lambda cell: BLOCKS[cell])]
    by_cell: dict[Cell, ParameterCount] = {count.cell: count for count in counts}
    totals = np.array([count.total for count in counts])
    fewer = 1 - by_cell["gru"].total / by_cell["lstm"].total
    return Picture(
        key="parameter_counts",
        figure=bars([count.cell for count in counts], totals, [count.formula for count in counts], lang, theme),
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
