"""A number for every network over the number of words, both on logarithmic axes: a straight line is a power of T."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import lines, networks
from rnn_core.figures.margins import LABEL
from rnn_core.messages import text
from rnn_core.parallelism import LENGTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell

SYMBOLS: Mapping[Cell, str] = MappingProxyType(
    {"rnn": "square", "lstm": "circle", "gru": "diamond", "transformer": "triangle-up"}
)
HEIGHT, NAMES = 288, 104  # px of the plot, and what the names at its right take
HOVER = "%{{x}}<br>{name}: %{{customdata}}<extra></extra>"


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        cell: whose colour it has.
        name: what it is called.
        values: number of words → value > 0.
        thin: drawn thin and hollow: the same network in another way.
    """

    cell: Cell
    name: str
    values: Mapping[int, float]
    thin: bool = False


def name(cell: Cell) -> str:
    """What a network is called where all are named by their kind."""
    return "Transformer" if cell == "transformer" else cell.upper()


def draw(
    shown: Sequence[Line],
    axis: str,
    ends: tuple[float, float],
    write: Callable[[float], str],
    lang: str,
    theme: Theme,
    over: Sequence[Part] = (),
) -> go.Figure:
    """The figure.

    Args:
        shown: the lines.
        axis: the name of the upright axis.
        ends: the least extent of the upright axis, as exponents of 10.
        write: a value as a reader sees it, on the axis and under the pointer.
        lang: the reader's language.
        theme: light or dark, and how large.
        over: labels beside the lines' names.
    """
    known = [log10(value) for line in shown for value in line.values.values()]
    low, high = floor(min([ends[0], *known])), ceil(max([ends[1], *known]))
    traces: list[Part] = [_line(line, write, theme) for line in shown]
    ticks = range(low, high + 1)
    return theme.draw(
        theme.height(HEIGHT) + theme.px(64),
        traces,
        margin={"l": theme.px(8), "r": theme.px(NAMES), "t": theme.px(12), "b": theme.px(52)},
        annotations=_names([line for line in shown if line.values], (low, high), theme) + list(over),
        xaxis={
            "type": "log",
            "tickvals": list(LENGTHS),
            "ticktext": [str(words) for words in LENGTHS],
            "range": [log10(LENGTHS[0]) - 0.06, log10(LENGTHS[-1]) + 0.06],
            "title": {"text": text("by_length.words", lang)},
        },
        yaxis={
            "type": "log",
            "tickvals": [10.0**tick for tick in ticks],
            "ticktext": [write(10.0**tick) for tick in ticks],
            "range": [low - 0.05, high + 0.05],
            "showgrid": True,
            "title": {"text": axis},
        },
    )


def _line(line: Line, write: Callable[[float], str], theme: Theme) -> Part:
    color, symbol = theme.mark(line.cell), SYMBOLS[line.cell]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "meta": line.cell,
        "x": np.array(list(line.values), np.int16),
        "y": np.array(list(line.values.values()), np.float64),
        "customdata": [write(value) for value in line.values.values()],
        "cliponaxis": False,
        "line": theme.stroke(color, 1.25 if line.thin else 2.5, "dot" if line.thin else networks.DASHES[line.cell]),
        "marker": theme.dot(color, 8, f"{symbol}-open" if line.thin else symbol, width=1.5),
        "hovertemplate": HOVER.format(name=line.name),
    }


def _names(shown: Sequence[Line], ends: tuple[float, float], theme: Theme) -> list[Part]:
    """The lines' names at their right ends, pushed apart."""
    low, high = ends
    gap = (high - low) * theme.px(LABEL * 1.4) / theme.height(HEIGHT)
    places = lines.spread([log10(list(line.values.values())[-1]) for line in shown], gap, low, high)
    return [
        theme.label(
            f"<b>{line.name}</b>" if not line.thin else line.name,
            theme.text(line.cell),
            x=log10(list(line.values)[-1]),
            xanchor="left",
            xshift=theme.px(9),
            y=place,
            yanchor="middle",
        )
        for line, place in zip(shown, places, strict=True)
    ]


def table(shown: Sequence[Line], lang: str) -> Mapping[str, tuple[object, ...]]:
    """A row a number of words, a column a line; "–" where a line has no value."""
    lengths = sorted({words for line in shown for words in line.values})
    columns: dict[str, tuple[object, ...]] = {text("by_length.words", lang): tuple(lengths)}
    columns |= {line.name: tuple(line.values.get(words, "–") for words in lengths) for line in shown}
    return MappingProxyType(columns)


def span(lengths: Sequence[int], lang: str) -> str:
    """Some of the measured numbers of words, those next to each other as a range.

    Example:
        >>> span((16, 32, 64, 512), "en")
        '16–64, 512'
    """
    runs: list[list[int]] = []
    for words in lengths:
        at = LENGTHS.index(words)
        if runs and LENGTHS.index(runs[-1][-1]) == at - 1:
            runs[-1].append(words)
        else:
            runs.append([words])
    return text("figures.list", lang).join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)
