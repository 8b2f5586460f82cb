"""How a state is made at each step: the parts that add up to it, stacked, and the state as the line that they reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import columns, lines, marks
from rnn_core.figures.captions import number, signed
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.symbols import html
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell, Quantity
    from rnn_core.recurrent.trace import LayerTrace

    Array = NDArray[np.floating]

PATTERNS, GLYPHS = ("", "/", "x", "."), ("■", "▨", "▩", "▤")


@dataclass(frozen=True, eq=False)
class Entry:
    """One quantity of the ledger: its name and symbol as the reader sees them, and its T values."""

    name: str
    symbol: str
    values: Array


def ledger_state(cell: Cell) -> Quantity | None:
    """The quantity of a cell that is a sum of others, None where there is none.

    Example:
        >>> ledger_state("rnn") is None
        True
    """
    return next((row for row in QUANTITIES.of(cell) if row.forms[cell].parts), None)


def ledger(
    layer: LayerTrace,
    unit: int,
    tokens: Sequence[str],
    *,
    lang: str,
    theme: Theme,
    glosses: Sequence[str] = (),
    compare: Sequence[Mapping[str, Array]] = (),
    suffix: str = "",
) -> Picture:
    """What one unit (0-based) kept and wrote at each step, and the state that it makes.

    lstm: c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t; gru: h_t = z_t ⊙ h_{t−1} + (1 − z_t) ⊙ n_t. Positive parts stack upwards from
    0, negative ones downwards. The other arguments are those of `heatmap`.

    Raises:
        KiokuError: the cell's state is no sum, no such unit, a batch, or another number of words than steps.
    """
    state = ledger_state(layer.cell)
    if state is None:
        known = ", ".join(cell for row in QUANTITIES for cell in row.cells if row.forms[cell].parts)
        raise KiokuError("no_ledger", cell=layer.cell, known=known)
    words = Words(tuple(tokens), tuple(glosses), lang)
    rows = [*(QUANTITIES[key] for key in state.forms[layer.cell].parts), state]
    (unit,) = columns.checked_units([unit], columns.matrix(layer, state.key, words).shape[1])
    *parts, whole = (_entry(layer, row, unit, words) for row in rows)
    limits = [row.limits(layer, *compare) for row in rows]
    ends = min(low for low, _ in limits), max(high for _, high in limits)
    label = columns.unit_name(unit, lang)
    every = np.stack([entry.values for entry in (*parts, whole)])
    outliers = marks.Outliers.of(every, -np.inf, np.inf)
    colors = [theme["edge"], *[theme.mark(layer.cell)] * (len(parts) - 1)]  # grey was there, what is new has the cell's
    return Picture(
        key="ledger" + suffix,
        figure=_draw(parts, whole, colors, ends, words, theme),
        title=text("figures.ledger.title", lang, name=whole.name, unit=label),
        finding=_finding(parts, whole, label, words) + outliers.said(lang),
        method=text("figures.ledger.method", lang, dtype=every.dtype.name),
        legend=_legend(parts, whole, colors, theme, outliers.legend(lang)),
        table=columns.table(words, {entry.name: entry.values for entry in (*parts, whole)}),
    )


def _entry(layer: LayerTrace, row: Quantity, unit: int, words: Words) -> Entry:
    name = text(f"quantities.{row.key}.name", words.lang)
    return Entry(name, html(row.forms[layer.cell].symbol), columns.matrix(layer, row.key, words)[:, unit])


def _draw(
    parts: Sequence[Entry],
    whole: Entry,
    colors: Sequence[str],
    limits: tuple[float, float],
    words: Words,
    theme: Theme,
) -> go.Figure:
    stacks = np.stack([part.values for part in parts])  # (parts, T)
    heights = [np.where(stacks > 0, stacks, 0).sum(0), np.where(stacks < 0, stacks, 0).sum(0)]
    every = np.concatenate([*stacks, *heights, whole.values])
    ends = lines.span(every, *limits)
    axis, shelf = lines.value_axis(every, ends, theme)
    traces: list[Part] = []
    for part, color, pattern in zip(parts, colors, PATTERNS, strict=False):
        traces.append(
            _bars(part.values, color, pattern if len(part.values) <= lines.DOTS else "", theme) | _spoken(part)
        )
        traces += marks.on_shelf(part.values, shelf, color, theme)
    traces.append(lines.line(whole.values, theme["ink"], theme, symbol="diamond") | _spoken(whole))
    traces += marks.on_shelf(whole.values, shelf, theme["ink"], theme)
    below = words.margin(theme)
    return theme.draw(
        theme.height(lines.HEIGHT) + below + theme.px(8),
        traces,
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": below},
        barmode="relative",
        bargap=0.4,
        hovermode="x unified",
        xaxis=words.axis(theme),
        yaxis=axis | {"title": {"text": whole.name}},
    )


def _bars(values: Array, color: str, pattern: str, theme: Theme) -> Part:
    fill = {"shape": pattern, "fgcolor": theme["bg"], "fillmode": "overlay", "size": theme.px(6), "solidity": 0.25}
    return {
        "type": "bar",
        "x": np.arange(1, len(values) + 1, dtype=np.int16),
        "y": values,
        "marker": {"color": color, "line": {"width": 0}, "pattern": fill},
    }


def _spoken(entry: Entry) -> Part:
    return {"name": entry.name, "hovertemplate": f"{entry.name} {entry.symbol}: %{{y:.5~g}}<extra></extra>"}


def _finding(parts: Sequence[Entry], whole: Entry, label: str, words: Words) -> str:
    lang, last = words.lang, len(words.tokens) - 1
    sums = [text("figures.ledger.part", lang, name=part.name, value=signed(float(part.values[last]))) for part in parts]
    made = text(
        "figures.ledger.made",
        lang,
        word=words.said(last),
        unit=label,
        name=whole.name,
        value=number(float(whole.values[last])),
        parts=text("figures.list", lang).join(sums),
    )
    newest = parts[-1].values
    if last == 0 or not np.isfinite(newest).any():
        return made
    most = int(np.argmax(np.where(np.isfinite(newest), np.abs(newest), -1)))
    value = signed(float(newest[most]))
    largest = text("figures.ledger.largest", lang, name=parts[-1].name, word=words.said(most), value=value)
    return text("figures.join", lang, first=made, second=largest)


def _legend(
    parts: Sequence[Entry], whole: Entry, colors: Sequence[str], theme: Theme, lost: tuple[Mark, ...]
) -> Legend:
    bars = [Mark(glyph, part.name, color) for part, glyph, color in zip(parts, GLYPHS, colors, strict=False)]
    return Legend(whole.symbol, None, marks=(*bars, Mark("◆", whole.name, theme["ink"]), *lost))
