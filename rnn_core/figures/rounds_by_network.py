"""Rounds of Newton's method of all shipped networks, over the number of units and over λ: which orders them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import number
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text
from rnn_core.quantities import CELLS
from rnn_core.statistics.ranks import spearman

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Recurrent

CLIPPED, PLAIN, GUESS = "●", "○", "▼"
SYMBOLS: Mapping[Recurrent, str] = MappingProxyType({"rnn": "square", "lstm": "circle", "gru": "diamond"})
TICKS = (4, 8, 16, 32, 64)
HEIGHT = 272


@dataclass(frozen=True)
class NetworkRounds:
    """One network: its cell, its units, λ, and the rounds it takes; None where 12 digits never agree."""

    cell: Recurrent
    units: int
    exponent: float
    plain: int | None
    clipped: int | None


def order_said(points: Sequence[NetworkRounds]) -> tuple[float, float]:
    """How well the number of units, and how well λ, puts the clipped rounds in order: Spearman's r_s of each."""
    rounds = np.array([point.clipped or np.nan for point in points], float)
    units, exponents = (np.array([getattr(point, key) for point in points], float) for key in ("units", "exponent"))
    return spearman(units, rounds), spearman(exponents, rounds)


def rounds_by_network(points: Sequence[NetworkRounds], *, guess: int | None, lang: str, theme: Theme) -> Picture:
    """The same rounds twice: over units at the left, over λ at the right.

    Args:
        points: the networks.
        guess: which of both the reader expects to order them, 1 or 2; anything else stands beside neither.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    by_units, by_exponent = order_said(points)
    unclipped = spearman(
        np.array([point.exponent for point in points]), np.array([point.plain or np.nan for point in points], float)
    )
    marks = [Mark(CLIPPED, text("rounds_by_network.clipped", lang)), Mark(PLAIN, text("rounds_by_network.plain", lang))]
    marks += [Mark(sign, cell.upper(), theme.text(cell)) for cell, sign in zip(CELLS, "■●◆", strict=True)]
    marks += [Mark(GUESS, text("rounds_by_network.guess", lang))] if guess in (1, 2) else []
    return Picture(
        key="rounds_by_network",
        figure=theme.draw(
            theme.height(HEIGHT) + theme.px(72),
            [trace for side in (1, 2) for trace in _panel(points, side, theme)],
            margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(34), "b": theme.px(52)},
            annotations=_heads((by_units, by_exponent), guess, lang, theme),
            **_axes(lang),
        ),
        title=text("rounds_by_network.title", lang),
        finding=text("rounds_by_network.finding", lang, units=number(by_units), exponent=number(by_exponent)),
        method=text("rounds_by_network.method", lang, plain=number(unclipped)),
        legend=Legend("", None, marks=tuple(marks)),
        table=_table(points, lang),
    )


def _panel(points: Sequence[NetworkRounds], side: int, theme: Theme) -> list[Part]:
    axis = "" if side == 1 else "2"
    traces: list[Part] = []
    for kind in ("plain", "clipped"):
        for cell in CELLS:
            mine = [one for one in points if one.cell == cell and getattr(one, kind) is not None]
            color = theme.mark(cell)
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": cell.upper(),
                    "meta": f"{cell}-{kind}",
                    "x": np.array([one.units if side == 1 else one.exponent for one in mine], np.float64),
                    "y": np.array([getattr(one, kind) for one in mine], np.float64),
                    "customdata": [f"{cell.upper()} {one.units}, λ {number(one.exponent)}" for one in mine],
                    "xaxis": f"x{axis}",
                    "yaxis": "y",
                    "cliponaxis": False,
                    "marker": theme.dot(
                        color if kind == "clipped" else theme["bg"], 10, SYMBOLS[cell], rim=color, width=1.5
                    ),
                    "hovertemplate": "%{customdata}: %{y}<extra></extra>",
                }
            )
    return traces


def _heads(orders: tuple[float, float], guess: int | None, lang: str, theme: Theme) -> list[Part]:
    said = [text("rounds_by_network.order", lang, order=number(order)) for order in orders]
    return [
        theme.label(
            f"<b>{f'{GUESS} ' if guess == side else ''}{one}</b>",
            x=0.0 if side == 1 else 0.55,
            xref="paper",
            xanchor="left",
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=theme.px(8),
        )
        for side, one in enumerate(said, 1)
    ]


def _axes(lang: str) -> dict[str, Part]:
    sizes = (8, 16, 32, 64)
    ends = [float(np.log10(end)) for end in (7, 74)]
    units: Part = {"type": "log", "range": ends, "tickvals": list(sizes), "ticktext": [str(size) for size in sizes]}
    return {
        "xaxis": units | {"domain": [0, 0.45], "title": {"text": text("rounds_by_network.units", lang)}},
        "xaxis2": {
            "domain": [0.55, 1],
            "anchor": "y",
            "range": [-2.25, 0.08],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "tickvals": [-2, -1.5, -1, -0.5, 0],
            "ticktext": ["−2", "−1.5", "−1", "−0.5", "0"],
            "title": {"text": text("rounds_by_network.exponent", lang)},
        },
        "yaxis": {
            "type": "log",
            "tickvals": list(TICKS),
            "ticktext": [str(tick) for tick in TICKS],
            "range": [float(np.log10(3.4)), float(np.log10(70))],
            "showgrid": True,
            "title": {"text": text("rounds_by_network.rounds", lang)},
        },
    }


def _table(points: Sequence[NetworkRounds], lang: str) -> Mapping[str, tuple[object, ...]]:
    def column(key: str) -> tuple[object, ...]:
        return tuple("–" if getattr(point, key) is None else getattr(point, key) for point in points)

    return MappingProxyType(
        {
            text("networks.column", lang): tuple(point.cell.upper() for point in points),
            text("rounds_by_network.units", lang): column("units"),
            text("rounds_by_network.exponent", lang): column("exponent"),
            text("rounds_by_network.plain", lang): column("plain"),
            text("rounds_by_network.clipped", lang): column("clipped"),
        }
    )
