"""Which units follow a property of the text, and what texts lose that are written with them clamped."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import number, percent, signed
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text
from rnn_core.statistics import intervals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.models.meanings import Clamped, Scores, Tally
    from rnn_core.quantities import Cell

ROW, FOOT = 52, 44  # px
SIGNS = (("○", "circle-open"), ("●", "circle"), ("◇", "diamond-open"))
WAYS = ("free", "clamped", "others")
ASIDE = (-0.18, 0.0, 0.18)


def unit_meaning(scores: Sequence[Scores], shown: Clamped, cell: Cell, *, lang: str, theme: Theme) -> Picture:
    """A row a property: every unit at its r, those that are clamped marked, and what chance gives as a band.

    Args:
        scores: of each property.
        shown: the property whose units are clamped, and which those are.
        cell: whose units they are.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    one = next(row for row in scores if row.key == shown.key)
    named, best = text(f"meanings.property.{one.key}", lang), one.order[0]
    verdict = "follows" if abs(one.r[best]) > one.chance else "chance"
    return Picture(
        key="unit_meaning",
        figure=_scattered(scores, shown, cell, lang, theme),
        title=text("meanings.units", lang),
        finding=text(
            f"meanings.{verdict}",
            lang,
            property=named,
            unit=best + 1,
            r=signed(float(one.r[best])),
            chance=number(one.chance),
        ),
        method=_method(one, lang),
        legend=Legend("", None, marks=(Mark("●", text("meanings.chosen", lang), theme.mark(cell)),)),
        table=MappingProxyType(
            {text("figures.units", lang): tuple(range(1, len(one.r) + 1))}
            | {f"r, {text(f'meanings.property.{row.key}', lang)}": row.r for row in scores}
        ),
    )


def _method(one: Scores, lang: str) -> str:
    """On how much it was measured, and how sure the first unit's r is."""
    low, high = (signed(end) for end in one.interval)
    said = text(
        "meanings.units_method", lang, positions=f"{one.positions:,}", unit=one.order[0] + 1, low=low, high=high
    )
    if one.having is None:
        return said
    return said + " " * (lang == "en") + text("meanings.having", lang, having=f"{one.having:,}")


def _scattered(scores: Sequence[Scores], shown: Clamped, cell: Cell, lang: str, theme: Theme) -> go.Figure:
    names = [
        theme.label(text(f"meanings.property.{row.key}", lang), x=-1, y=at, xanchor="left", yanchor="bottom")
        | {"yshift": theme.px(8), "font": theme.font(LABEL)}
        for at, row in enumerate(scores)
    ]
    bands: list[Part] = [
        {"type": "rect", "x0": -row.chance, "x1": row.chance, "y0": at - 0.2, "y1": at + 0.2, "layer": "below"}
        | {"fillcolor": theme["line"], "line": {"width": 0}}
        for at, row in enumerate(scores)
    ]
    traces: list[Part] = []
    for at, row in enumerate(scores):
        chosen = np.isin(np.arange(len(row.r)), shown.units if row.key == shown.key else ())
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": row.r,
                "y": np.full(len(row.r), at, np.int16),
                "text": [text("figures.unit", lang, unit=unit + 1) for unit in range(len(row.r))],
                "marker": theme.dot("", 9, "circle")
                | {"color": [theme.mark(cell) if one else theme["bg"] for one in chosen]}
                | {"line": {"color": theme.mark(cell), "width": theme.px(1.5)}},
                "hovertemplate": "%{text}: %{x:.2f}<extra></extra>",
            }
        )
    return theme.draw(
        theme.height(ROW * len(scores)) + theme.px(FOOT + 24),
        traces,
        margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(8), "b": theme.px(FOOT)},
        annotations=names,
        shapes=bands,
        xaxis={"range": [-1.04, 1.04], "tickvals": [-1, -0.5, 0, 0.5, 1], "title": {"text": "r"}, "showgrid": True},
        yaxis={"range": [len(scores) - 0.5, -0.9], "showticklabels": False},
    )


def unit_clamped(found: Clamped, cell: Cell, *, lang: str, theme: Theme) -> Picture:
    """A row a measure: the share of texts that keep it with nothing clamped, these units, and as many others.

    Args:
        found: the counts.
        cell: whose units they are.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    counted = {key: rows for key, rows in found.rows.items() if all(row.of for row in rows)}
    names = [text(f"meanings.way.{way}", lang, count=len(found.units)) for way in WAYS]
    marks = tuple(
        Mark(glyph, name, theme.mark(cell) if at == 1 else "")
        for at, ((glyph, _), name) in enumerate(zip(SIGNS, names, strict=True))
    )
    key, rows = next(iter(counted.items()))
    free, clamped, others = (percent(row.right / row.of, lang) for row in rows)
    return Picture(
        key="unit_clamped",
        figure=_dots(counted, names, cell, lang, theme),
        title=text("meanings.kept", lang),
        finding=text(
            "meanings.kept_finding",
            lang,
            measure=text(f"meanings.measure.{key}", lang),
            free=free,
            clamped=clamped,
            others=others,
        ),
        method=text("meanings.kept_method", lang, drawn=found.drawn),
        legend=Legend("", None, marks=marks),
        table=MappingProxyType(
            {text("meanings.column", lang): tuple(text(f"meanings.measure.{key}", lang) for key in counted)}
            | {
                name: tuple(f"{rows[at].right}/{rows[at].of}" for rows in counted.values())
                for at, name in enumerate(names)
            }
        ),
    )


def _dots(
    counted: Mapping[str, tuple[Tally, Tally, Tally]], names: Sequence[str], cell: Cell, lang: str, theme: Theme
) -> go.Figure:
    labels = [
        theme.label(text(f"meanings.measure.{key}", lang), x=0, y=at - 0.3, xanchor="left", yanchor="bottom")
        | {"font": theme.font(LABEL)}
        for at, key in enumerate(counted)
    ]
    traces = []
    for way, (name, (_, symbol), aside) in enumerate(zip(names, SIGNS, ASIDE, strict=True)):
        right, of = ([rows[way][part] for rows in counted.values()] for part in (0, 1))
        share, (low, high) = intervals.shares(right, of), intervals.wilson(right, of)
        color = theme.mark(cell) if way == 1 else theme["ink"]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": share,
                "y": np.arange(len(counted)) + aside,
                "error_x": {"type": "data", "symmetric": False, "array": high - share, "arrayminus": share - low}
                | {"color": theme["edge"], "thickness": theme.px(1.5), "width": theme.px(3)},
                "marker": theme.dot(color, 10, symbol),
                "cliponaxis": False,
                "hovertemplate": "%{x:.1%}<extra>%{fullData.name}</extra>",
            }
        )
    return theme.draw(
        theme.height((ROW + 12) * len(counted)) + theme.px(FOOT),
        traces,
        margin={"l": theme.px(8), "r": theme.px(24), "t": theme.px(8), "b": theme.px(FOOT)},
        annotations=labels,
        xaxis={"range": [-0.01, 1.01], "tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1], "showgrid": True},
        yaxis={"range": [len(counted) - 0.5, -0.9], "showticklabels": False},
    )
