"""What each cell costs: how many numbers it learns and how long a sentence takes, a bar a cell on one axis from 0."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core import lineup
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Picture
from rnn_core.figures.ratio import change
from rnn_core.messages import text
from rnn_core.quantities import COMPOSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.lineup import Compared
    from rnn_core.quantities import Cell
    from rnn_core.recurrent.parameters import ComposedCount, ParameterCount

ROW, BAR = 60, 0.36  # px a cell, and the share of it that is its bar; the number stands over the bar


def time_per_sentence(seconds: Mapping[Compared, float], words: int, runs: int, *, lang: str, theme: Theme) -> Picture:
    """How long each network takes for the sentence.

    Args:
        seconds: network → the median of its runs.
        words: how many words the sentence has.
        runs: how many runs each.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    times = np.array([1e6 * taken for taken in seconds.values()])  # µs
    fastest, slowest = (int(found) for found in (times.argmin(), times.argmax()))
    cells = [spec.cell for spec in seconds]
    return Picture(
        key="time_per_sentence",
        figure=bars(cells, times, [microseconds(taken) for taken in seconds.values()], lang, theme),
        title=text("cell_bars.time", lang),
        finding=text(
            "cell_bars.time_finding",
            lang,
            words=words,
            fastest=called(cells[fastest], lang),
            least=f"{times[fastest]:,.0f}",
            slowest=called(cells[slowest], lang),
            most=f"{times[slowest]:,.0f}",
            ratio=change(float(times[fastest]), float(times[slowest]), lang),
        ),
        method=text("cell_bars.time_method", lang, runs=runs),
        legend=None,
        table=MappingProxyType(
            {
                text("cell_bars.cell", lang): tuple(called(cell, lang) for cell in cells),
                text("cell_bars.units", lang): tuple(lineup.units(spec) for spec in seconds),
                text("cell_bars.seconds", lang): tuple(seconds.values()),
            }
        ),
    )


def parameters_each(
    counts: Sequence[tuple[Compared, ParameterCount | ComposedCount]], *, lang: str, theme: Theme
) -> Picture:
    """How many numbers each network learns between embedding and readout."""
    totals = np.array([count.total for _, count in counts])
    least, most = (int(found) for found in (totals.argmin(), totals.argmax()))
    return Picture(
        key="parameters",
        figure=bars(
            [spec.cell for spec, _ in counts], totals, [_counted(count, theme) for _, count in counts], lang, theme
        ),
        title=text("cell_bars.parameters", lang),
        finding=text(
            "cell_bars.parameters_finding",
            lang,
            most=called(counts[most][1].cell, lang),
            least=called(counts[least][1].cell, lang),
            ratio=change(float(totals[least]), float(totals[most]), lang),
            high=f"{totals[most]:,}",
            low=f"{totals[least]:,}",
        ),
        method=text("cell_bars.parameters_method", lang, inputs=counts[0][1].inputs),
        legend=None,
        table=MappingProxyType(
            {
                text("cell_bars.cell", lang): tuple(called(count.cell, lang) for _, count in counts),
                text("cell_bars.units", lang): tuple(count.hidden for _, count in counts),
                text("cell_bars.total", lang): tuple(count.total for _, count in counts),
            }
        ),
    )


def _counted(count: ParameterCount | ComposedCount, theme: Theme) -> str:
    """How the count comes about; on a phone, where the longer sums have no room, the count."""
    longer = theme.narrow and count.cell in COMPOSED
    return f"{count.total:,}" if longer else count.formula


def microseconds(seconds: float) -> str:
    """A short time as a reader writes it.

    Example:
        >>> microseconds(0.0012345)
        '1,234 µs'
    """
    return f"{1e6 * seconds:,.0f} µs"


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
