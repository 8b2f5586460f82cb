"""Any quantity of a few chosen units over time, as lines with their names at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import captions, columns, lines, marks
from rnn_core.figures.captions import number, signed
from rnn_core.figures.picture import Legend, Picture
from rnn_core.figures.symbols import html
from rnn_core.figures.theme import DASHES, LINES, SYMBOLS
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES
from rnn_core.statistics import comparison

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.recurrent.trace import LayerTrace

    Array = NDArray[np.floating]

BESIDE = 36  # px right of the plot, for the units' numbers


def unit_lines(
    layer: LayerTrace,
    key: str,
    tokens: Sequence[str],
    units: Sequence[int],
    *,
    lang: str,
    theme: Theme,
    glosses: Sequence[str] = (),
    compare: Sequence[Mapping[str, Array]] = (),
    suffix: str = "",
) -> Picture:
    """The lines of one quantity for some units (0-based), on the axis that all units share.

    The other arguments are those of `heatmap`.

    Raises:
        KiokuError: no such quantity, a batch, another number of words than steps, or no or unknown units.
    """
    row, words = QUANTITIES[key], Words(tuple(tokens), tuple(glosses), lang)
    values = columns.matrix(layer, key, words)  # (T, H)
    chosen = columns.checked_units(units, values.shape[1])
    if not chosen:
        raise KiokuError("figure_units", given=chosen, last=values.shape[1] - 1)
    shown = values[:, list(chosen)]  # (T, len(units))
    symbol, name = html(row.forms[layer.cell].symbol), text(f"quantities.{key}.name", lang)
    return Picture(
        key=key + suffix,
        figure=_draw(shown, chosen, row.limits(layer, *compare), name, words, theme),
        title=name,
        finding=_finding(shown, chosen, words),
        method=text("figures.lines.method", lang, shown=len(chosen), units=values.shape[1], dtype=values.dtype.name),
        legend=Legend(symbol, None, marks=marks.Outliers.of(shown, -np.inf, np.inf).legend(lang)),
        table=columns.table(words, {columns.unit_name(unit, lang): values[:, unit] for unit in chosen}),
    )


def _draw(
    values: Array, units: tuple[int, ...], limits: tuple[float, float], name: str, words: Words, theme: Theme
) -> go.Figure:
    ends = lines.span(values, *limits)
    axis, shelf = lines.value_axis(values, ends, theme)
    colors = LINES[theme.mode]
    traces: list[Part] = []
    used = [colors[at % len(colors)] for at in range(len(units))]
    for at, unit in enumerate(units):
        turn = at + at // len(colors)  # the seventh line has the first colour, but another dash
        dash, sign = DASHES[turn % len(DASHES)], SYMBOLS[turn % len(SYMBOLS)]
        label = columns.unit_name(unit, words.lang)
        style: Part = {"name": label, "hovertemplate": f"{label}: %{{y:.5~g}}<extra></extra>"}
        traces.append(lines.line(values[:, at], used[at], theme, dash, sign) | style)
        traces += marks.on_shelf(values[:, at], shelf, used[at], theme)
    below = words.margin(theme, BESIDE)
    return theme.draw(
        theme.height(lines.HEIGHT) + below + theme.px(8),
        traces,
        margin={"l": theme.px(8), "r": theme.px(BESIDE), "t": theme.px(8), "b": below},
        hovermode="x unified",
        annotations=lines.names(
            [str(unit + 1) for unit in units],
            used,
            [_end(values[:, at], shelf) for at in range(len(units))],
            ends,
            theme,
        ),
        xaxis=words.axis(theme, BESIDE),
        yaxis=axis | {"title": {"text": name}},
    )


def _end(values: Array, otherwise: float) -> float:
    """The last finite value of a line."""
    finite = values[np.isfinite(values)]
    return float(finite[-1]) if finite.size else otherwise


def _finding(values: Array, units: tuple[int, ...], words: Words) -> str:
    lang = words.lang
    if (move := comparison.steepest(values)) is not None:
        step, at, change = move
        said = text(
            "figures.lines.steepest",
            lang,
            unit=columns.unit_name(units[at], lang),
            word=words.said(step),
            change=signed(change),
            value=number(float(values[step, at])),
        )
    elif np.isfinite(values).any():
        step, at = captions.strongest(values)
        value = number(float(values[step, at]))
        said = text("figures.heatmap.strongest", lang, word=words.said(step), unit=units[at] + 1, value=value)
    else:
        said = text("figures.heatmap.nothing", lang)
    return said + marks.Outliers.of(values, -np.inf, np.inf).said(lang)
