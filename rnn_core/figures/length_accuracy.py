"""How often each cell's network is right about held-out texts, by how many tokens they have."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import hundredths, percent
from rnn_core.figures.networks import DASHES
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text
from rnn_core.statistics import intervals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Recurrent

HEIGHT = 260
SIGNS: Mapping[str, tuple[str, str, float]] = MappingProxyType(
    {"rnn": ("■", "square", -0.09), "lstm": ("●", "circle", 0.0), "gru": ("◆", "diamond", 0.09)}
)


def length_accuracy(
    counts: Mapping[Recurrent, Sequence[tuple[int, int]]],
    groups: Sequence[tuple[int, int | None]],
    *,
    lang: str,
    theme: Theme,
) -> Picture:
    """A line a cell over groups of lengths, each share with its interval.

    Args:
        counts: of each cell and group how many are right, of how many.
        groups: from how many tokens to how many; None for no end.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    named = [_group(low, high, lang) for low, high in groups]
    columns: dict[str, tuple[object, ...]] = {text("length_accuracy.tokens", lang): tuple(named)}
    for cell, row in counts.items():
        columns[text("length_accuracy.right", lang, name=cell.upper())] = tuple(right for right, _ in row)
    columns[text("length_accuracy.of", lang)] = tuple(of for _, of in next(iter(counts.values())))
    marks = tuple(Mark(SIGNS[cell][0], cell.upper(), theme.mark(cell)) for cell in counts)
    return Picture(
        key="length_accuracy",
        figure=_draw(counts, named, lang, theme),
        title=text("length_accuracy.title", lang),
        finding=_finding(counts, named, lang),
        method=text("length_accuracy.method", lang),
        legend=Legend("", None, marks=marks),
        table=MappingProxyType(columns),
    )


def _group(low: int, high: int | None, lang: str) -> str:
    return text("length_accuracy.from", lang, low=low) if high is None else f"{low}–{high}"


def _draw(
    counts: Mapping[Recurrent, Sequence[tuple[int, int]]], named: Sequence[str], lang: str, theme: Theme
) -> go.Figure:
    return theme.draw(
        theme.height(HEIGHT),
        [_line(cell, row, theme) for cell, row in counts.items()],
        margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(12), "b": theme.px(48)},
        xaxis={
            **{"tickvals": list(range(1, len(named) + 1)), "ticktext": list(named)},
            "range": [0.5, len(named) + 0.5],
            "title": {"text": text("length_accuracy.tokens", lang)},
        },
        yaxis={"tickformat": ".0%", "range": [0, 1.02], "tickvals": [0, 0.25, 0.5, 0.75, 1], "showgrid": True},
    )


def _line(cell: Recurrent, row: Sequence[tuple[int, int]], theme: Theme) -> Part:
    right, of = ([pair[at] for pair in row] for at in (0, 1))
    shares, (low, high) = intervals.shares(right, of), intervals.wilson(right, of)
    _, symbol, aside = SIGNS[cell]
    color = theme.mark(cell)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": cell.upper(),
        "x": np.arange(1, len(row) + 1) + aside,
        "y": shares,
        "text": [f"{hundredths(float(share), 1)}%" for share in shares],
        "hovertemplate": "%{text}<extra>%{fullData.name}</extra>",
        "line": theme.stroke(color, 2, DASHES[cell]),
        "marker": theme.dot(color, 8, symbol),
        "error_y": {
            **{"type": "data", "symmetric": False, "array": high - shares, "arrayminus": shares - low},
            **{"color": color, "thickness": theme.px(1.5), "width": theme.px(4)},
        },
    }


def _finding(counts: Mapping[Recurrent, Sequence[tuple[int, int]]], named: Sequence[str], lang: str) -> str:
    """The shares of all cells for the longest texts that there are."""
    longest = max(at for row in counts.values() for at, (_, of) in enumerate(row) if of)
    said = [
        text("length_accuracy.share", lang, name=cell.upper(), share=percent(right / of, lang))
        for cell, row in counts.items()
        for right, of in row[longest : longest + 1]
    ]
    return text("length_accuracy.longest", lang, tokens=named[longest], shares=text("figures.list", lang).join(said))
