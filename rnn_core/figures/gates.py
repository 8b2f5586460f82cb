"""All gates of a layer, a map each under the other, on one scale and one time axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rnn_core.errors import KiokuError
from rnn_core.figures import columns
from rnn_core.figures.captions import number
from rnn_core.figures.drawn import Drawn
from rnn_core.figures.heatmap import heatmap
from rnn_core.figures.margins import GAP, LABEL
from rnn_core.figures.picture import Legend, Picture
from rnn_core.figures.symbols import html
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.statistics import comparison

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.figures.theme import Theme
    from rnn_core.recurrent.trace import LayerTrace

ABOVE = LABEL + 2 * GAP  # px at a desk that a map's name takes over it


def gates(layer: LayerTrace, tokens: Sequence[str], *, lang: str, theme: Theme, glosses: Sequence[str] = ()) -> Picture:
    """The maps of all gates of an unbatched layer trace. The arguments are those of `heatmap`.

    Raises:
        KiokuError: the cell has no gates, a batch, or another number of words than steps.
    """
    rows = [row for row in QUANTITIES.of(layer.cell) if row.gate]
    if not rows:
        known = ", ".join(cell for cell in CELLS if any(row.gate for row in QUANTITIES.of(cell)))
        raise KiokuError("no_gates", cell=layer.cell, known=known)
    words = Words(tuple(tokens), tuple(glosses), lang)
    maps = [
        heatmap(layer, row.key, tokens, lang=lang, theme=theme, glosses=glosses, compare=_others(layer, row.key, rows))
        for row in rows
    ]
    means = [
        text("gates.mean", lang, name=one.title, value=number(float(comparison.means(layer[row.key]).mean())))
        for one, row in zip(maps, rows, strict=True)
    ]
    legends = [one.legend for one in maps if one.legend is not None]
    signs = dict.fromkeys(mark for legend in legends for mark in legend.marks)
    symbols = ", ".join(html(row.forms[layer.cell].symbol) for row in rows)
    limits = rows[0].limits(layer, *_others(layer, rows[0].key, rows))
    low, high = (f"{end:g}".replace("-", "−") for end in limits)
    return Picture(
        key="gates",
        figure=_stacked(maps, theme),
        title=text("gates.title", lang),
        finding=text("gates.finding", lang, gates=text("figures.list", lang).join(means)),
        method=text("gates.method", lang, units=layer[rows[0].key].shape[1]),
        legend=Legend(symbols, rows[0].scale, low, high, tuple(signs)),
        table=columns.table(
            words,
            {
                text("gates.column", lang, name=one.title, unit=unit + 1): values
                for one, row in zip(maps, rows, strict=True)
                for unit, values in enumerate(layer[row.key].T)
            },
        ),
    )


def _others(layer: LayerTrace, key: str, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """What the scale of a gate has to hold too: all gates are drawn on one."""
    return [{key: layer[row.key]} for row in rows]


def _stacked(maps: Sequence[Picture], theme: Theme) -> Drawn:
    """The maps under each other, each under its name; the words stand under the last."""
    layouts: list[dict[str, Any]] = [dict(one.figure.parts["layout"]) for one in maps]
    heights = [one["height"] - one["margin"]["t"] - one["margin"]["b"] for one in layouts]
    above = theme.px(ABOVE)
    whole = sum(heights) + above * len(maps)
    traces: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    names = []
    top = 1.0
    for at, (one, layout, height) in enumerate(zip(maps, layouts, heights, strict=True)):
        own = "" if at == 0 else str(at + 1)
        traces += [{**trace, "xaxis": f"x{own}", "yaxis": f"y{own}"} for trace in one.figure.parts["data"]]
        high = top - above / whole
        low = max(0.0, high - height / whole)
        last = at == len(maps) - 1
        axes[f"xaxis{own}"] = _said(layout["xaxis"]) | {"anchor": f"y{own}", "showticklabels": last}
        axes[f"yaxis{own}"] = _said(layout["yaxis"]) | {"anchor": f"x{own}", "domain": [low, high]}
        names.append(
            theme.label(
                one.title, xref="paper", yref="paper", x=0, y=high, xanchor="left", yanchor="bottom", yshift=theme.px(2)
            )
        )
        top = low
    margin = layouts[-1]["margin"] | {"t": 0}
    shape = {**layouts[-1], **axes, "annotations": names, "height": round(whole + margin["b"]), "margin": margin}
    return Drawn({"data": traces, "layout": shape})


def _said(axis: dict[str, Any]) -> dict[str, Any]:
    """An axis without what it is silent about."""
    return {key: value for key, value in axis.items() if value is not None}
