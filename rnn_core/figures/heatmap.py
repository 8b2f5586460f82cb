"""Any quantity over time as a map: a column a word, a row a unit, the colour is the recorded number itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import captions, columns, marks
from rnn_core.figures.picture import Picture
from rnn_core.figures.symbols import html
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.picture import Legend
    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Quantity, Scale
    from rnn_core.recurrent.trace import LayerTrace

    Array = NDArray[np.floating]

HEIGHT, TALLEST, LOWEST = 288, 36, 1.5  # px: of the map, of one row at most and at least
LABEL_ROOM = 18  # px a unit's number needs
HOVER = "%{{x}}{step}<br>{unit}<br>{symbol} = %{{z:.5~g}}<extra></extra>"
MANY = 24  # steps beyond which the white between columns is thinner


def heatmap(
    layer: LayerTrace,
    key: str,
    tokens: Sequence[str],
    *,
    lang: str,
    theme: Theme,
    order: Sequence[int] | None = None,
    only: Sequence[int] | None = None,
    glosses: Sequence[str] = (),
    compare: Sequence[Mapping[str, Array]] = (),
    suffix: str = "",
) -> Picture:
    """The map of one quantity of an unbatched layer trace.

    Args:
        layer: T steps × H units.
        key: which quantity.
        tokens: the T words.
        lang: the reader's language.
        theme: light or dark, and how large.
        order: the units from top to bottom, 0-based; without it their own order.
        only: some of the units, 0-based, from top to bottom; the others are in neither drawing nor table.
        glosses: the words' meanings, shown to readers of another language than the words'.
        compare: other layer traces that are shown on the same scale.
        suffix: for the picture's key, where there are several of one quantity.

    Raises:
        KiokuError: no such quantity, a batch, another number of words than steps, or an order that isn't one.
    """
    row, words = QUANTITIES[key], Words(tuple(tokens), tuple(glosses), lang)
    values = columns.matrix(layer, key, words)  # (T, H)
    every = columns.permutation(order, values.shape[1])
    units = every if only is None else columns.checked_units(only, values.shape[1])
    limits = row.limits(layer, *compare)
    outliers = marks.Outliers.of(values, *limits)
    symbol = html(row.forms[layer.cell].symbol)
    return Picture(
        key=key + suffix,
        figure=_draw(
            values if units == tuple(range(values.shape[1])) else values[:, units],
            units,
            row.scale,
            limits,
            symbol,
            words,
            theme,
        ),
        title=text(f"quantities.{key}.name", lang),
        finding=captions.heatmap(row, values, words, outliers),
        method=_method(order, values, len(units), compare, lang),
        legend=_legend(row, symbol, limits, outliers, lang),
        table=columns.table(words, {columns.unit_name(u, lang): values[:, u] for u in sorted(units)}),
    )


def _legend(row: Quantity, symbol: str, limits: tuple[float, float], outliers: marks.Outliers, lang: str) -> Legend:
    """The legend of the map; the ends of a gate are called by what they do."""
    made = marks.legend(symbol, row.scale, limits, outliers, lang)
    if not row.gate:
        return made
    return replace(made, low=text(f"quantities.{row.key}.low", lang), high=text(f"quantities.{row.key}.high", lang))


def _draw(
    values: Array,
    units: tuple[int, ...],
    scale: Scale,
    limits: tuple[float, float],
    symbol: str,
    words: Words,
    theme: Theme,
) -> go.Figure:
    """The figure of `values` (T, H), whose columns are `units`."""
    pixels = min(max(HEIGHT / len(units), LOWEST), TALLEST)
    step = "" if words.numbered(theme) else "<br>t = %{text}"
    cells: Part = {
        "type": "heatmap",
        "z": values.T,
        "x": np.arange(1, len(values) + 1, dtype=np.int16),
        "y": np.arange(len(units), dtype=np.int16),
        "zmin": limits[0],
        "zmax": limits[1],
        "colorscale": theme.colorscale(scale),
        "showscale": False,
        "xgap": theme.px(2 if len(values) <= MANY else 1),
        "ygap": theme.px(2 if pixels >= 12 else 1 if pixels >= 8 else 0),
        "hoverongaps": False,
        "hovertemplate": HOVER.format(step=step, unit=text("figures.unit", words.lang, unit="%{y}"), symbol=symbol),
    }
    if not words.numbered(theme):
        cells["text"] = np.broadcast_to(np.arange(1, len(values) + 1, dtype=np.int16), values.T.shape)
    signs = marks.Outliers.of(values, *limits).traces(theme, scale, min(9.0, max(3.0, 0.7 * pixels)))
    frame = {"showline": True, "mirror": True, "linecolor": theme["edge"], "linewidth": theme.px(1)}
    below, above = words.margin(theme), theme.px(8)
    return theme.draw(
        theme.height(pixels * len(units)) + below + above,
        [cells, *signs],
        margin={"l": theme.px(8), "r": theme.px(8), "t": above, "b": below},
        xaxis=words.axis(theme) | frame,
        yaxis=_unit_axis(units, pixels, theme) | frame | {"title": {"text": text("figures.units", words.lang)}},
    )


def _unit_axis(units: tuple[int, ...], pixels: float, theme: Theme) -> Part:
    """Rows 0 … H − 1 downwards, labelled with the numbers of the units that stand there."""
    every = 1
    while theme.height(every * pixels) < theme.px(LABEL_ROOM) and every < len(units):
        every *= 2
    rows = range(0, len(units), every)
    return {
        "tickmode": "array",
        "tickvals": list(rows),
        "ticktext": [str(units[at] + 1) for at in rows],
        "labelalias": {str(at): str(unit + 1) for at, unit in enumerate(units)} if every > 1 else None,
        "range": [len(units) - 0.5, -0.5],
    }


def _method(order: Sequence[int] | None, values: Array, drawn: int, compare: Sequence[object], lang: str) -> str:
    steps, units = values.shape
    said = text("figures.heatmap.method", lang, steps=steps, units=units, dtype=values.dtype.name)
    if drawn < units:
        said += text("figures.heatmap.liveliest", lang, shown=drawn)
    if order is not None:
        said += text("figures.heatmap.ordered", lang)
    if compare:
        said += text("figures.heatmap.compared", lang)
    return said
