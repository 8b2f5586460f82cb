"""One step of one unit as a circuit: what each number was computed from, each in the colour of its heatmap."""

from __future__ import annotations

from math import isfinite
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import captions, columns
from rnn_core.figures.captions import number
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Picture
from rnn_core.figures.symbols import html
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.circuit import wires
from rnn_core.recurrent.dataflow import BEFORE, SOURCES, places, step_values
from rnn_core.recurrent.directions import within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.figures.drawn import Drawn
    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell, Quantity
    from rnn_core.recurrent.trace import LayerTrace

ROW, BOX = 76, 46  # px at a desk: from one row to the next, and a number's box
AROUND = 0.6  # of a column or row: the ground around the boxes


def circuit_values(
    layer: LayerTrace,
    step: int,
    tokens: Sequence[str],
    *,
    lang: str,
    theme: Theme,
    unit: int | None = None,
    direction: int = 0,
) -> Picture:
    """What one unit computed at one step, and from what.

    Args:
        layer: an unbatched layer trace without a projection.
        step: which word, 0-based.
        tokens: the T words.
        lang: the reader's language.
        theme: light or dark, and how large.
        unit: which unit, 0-based; without it the one whose state is largest at this step.
        direction: 1 for a layer that reads backwards.

    Raises:
        KiokuError: no such step or unit, a batch, or another number of words than steps.
    """
    words, state = Words(tuple(tokens), (), lang), QUANTITIES.state(layer.cell)
    shown = columns.matrix(layer, state.key, words)  # (T, H)
    step = within("step", step, len(shown))
    if unit is None:
        unit = captions.strongest(shown[[step]])[1]
    unit = within("unit", unit, shown.shape[1])
    if len({values.shape for values in layer.values()}) > 1:
        raise KiokuError("circuit_projection", units=shown.shape[1])
    values = step_values(layer, step, unit, direction)
    sums = [
        text("figures.ledger.part", lang, name=_name(key, lang), value=number(values[key]))
        for key in SOURCES[layer.cell][state.key]
    ]
    said = {"word": words.said(step), "unit": columns.unit_name(unit, lang), "name": _name(state.key, lang)}
    parts = text("figures.list", lang).join(sums)
    return Picture(
        key="circuit",
        figure=_draw(layer, values, lang, theme),
        title=text("circuit_values.title", lang, word=said["word"], unit=said["unit"]),
        finding=text("figures.ledger.made", lang, **said, value=number(values[state.key]), parts=parts),
        method=text("circuit_values.method", lang),
        legend=Legend(html(state.forms[layer.cell].symbol), None),
        table=MappingProxyType(
            {
                text("circuit_values.quantity", lang): tuple(_name(key, lang) for key in values),
                text("circuit_values.value", lang): np.array(list(values.values())),
            }
        ),
    )


def _rows(cell: Cell) -> Mapping[str, Quantity]:
    return {row.key: row for row in (*wires(cell), *QUANTITIES.of(cell))}


def _name(key: str, lang: str) -> str:
    return text(f"circuit.{key}.name" if key in BEFORE else f"quantities.{key}.name", lang)


def _draw(layer: LayerTrace, values: Mapping[str, float], lang: str, theme: Theme) -> Drawn:
    rows, where = _rows(layer.cell), {key: at for key, at in places(layer.cell).items() if key in values}
    keys = list(where)
    fills = [_fill(values[key], rows[key], layer, theme) for key in keys]
    symbols = [html(rows[key].forms[layer.cell].symbol) for key in keys]
    boxes: Part = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [where[key][0] for key in keys],
        "y": [where[key][1] for key in keys],
        "customdata": [values[key] for key in keys],
        "text": [number(values[key]) for key in keys],
        "textfont": theme.font() | {"color": [ink for _, ink in fills]},
        "hovertext": [f"{_name(key, lang)}<br>{symbol}" for key, symbol in zip(keys, symbols, strict=True)],
        "hovertemplate": "%{hovertext} = %{customdata:.5~g}<extra></extra>",
        "marker": theme.dot(theme["bg"], BOX, "square", theme["edge"], 1) | {"color": [fill for fill, _ in fills]},
        "cliponaxis": False,
    }
    names = [
        theme.label(symbol, "muted", x=where[key][0], y=where[key][1], yshift=theme.px(BOX / 2 + LABEL * 0.7))
        for key, symbol in zip(keys, symbols, strict=True)
    ]
    across, down = (max(at[way] for at in where.values()) for way in (0, 1))
    return theme.draw(
        theme.height(ROW * (down + 2 * AROUND)),
        [boxes],
        margin={side: 0 for side in "lrtb"},
        annotations=[*_arrows(layer.cell, where, theme), *names],
        xaxis={"range": [-AROUND, across + AROUND], "visible": False},
        yaxis={"range": [down + AROUND, -AROUND - 0.2], "visible": False},
    )


def _fill(value: float, row: Quantity, layer: LayerTrace, theme: Theme) -> tuple[str, str]:
    """The colour of a number on its quantity's scale, and what can be read on it."""
    if not isfinite(value):
        return theme["surface"], theme["ink"]
    low, high = QUANTITIES[BEFORE.get(row.key, row.key)].limits(layer)
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return theme.at(row.scale, share), theme.on(row.scale, share)


def _arrows(cell: Cell, where: Mapping[str, tuple[float, float]], theme: Theme) -> list[Part]:
    """An arrow from every box to what is computed from it."""
    style: Part = {
        **{"text": "", "showarrow": True, "arrowhead": 2, "arrowsize": 1, "arrowcolor": theme["edge"]},
        **{"arrowwidth": theme.px(1.5), "axref": "x", "ayref": "y"},
        **{"standoff": theme.px(BOX / 2 + 4), "startstandoff": theme.px(BOX / 2 + 2)},
    }
    return [
        style | {"x": where[key][0], "y": where[key][1], "ax": where[source][0], "ay": where[source][1]}
        for key, sources in SOURCES[cell].items()
        for source in sources
        if source in where
    ]
