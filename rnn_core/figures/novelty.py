"""Of the texts that a network writes, how many it has learned, how many it meets unlearned, how many are new."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import percent
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell

ROW, BAR, FOOT = 56, 0.42, 36  # px a model, the share of it that is its bar, px below
PARTS = ("new", "held_out", "learned")
GUESS = "▼"


@dataclass(frozen=True)
class Found:
    """The texts of one model.

    Attributes:
        name: what a reader calls it, plain text of ours.
        cell: its cell; None for counting.
        new, held_out, learned: how many are in neither list, and how many in each.
    """

    name: str
    cell: Cell | None
    new: int
    held_out: int
    learned: int

    @property
    def drawn(self) -> int:
        """All of them."""
        return self.new + self.held_out + self.learned

    def share(self, part: str) -> float:
        """The share of one of `PARTS`."""
        return int(getattr(self, part)) / self.drawn


def novelty(found: Sequence[Found], shown: int, guess: int | None, *, lang: str, theme: Theme) -> Picture:
    """A bar a model, from 0 to 100 %.

    Args:
        found: the models, at least one.
        shown: which of them the page shows.
        guess: percent of new ones that the reader expected of it; None for no guess.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    colors = _colors(theme)
    marks = [Mark("■", text(f"novelty.{part}", lang), colors[part]) for part in PARTS]
    one = found[shown]
    shares = {part: percent(one.share(part), lang, 1) for part in PARTS}
    return Picture(
        key="novelty",
        figure=_draw(found, shown, guess, lang, theme),
        title=text("novelty.title", lang),
        finding=text("novelty.finding", lang, name=one.name, **shares),
        method=text("novelty.method", lang, drawn=f"{one.drawn:,}"),
        legend=Legend("", None, marks=(*marks, *([] if guess is None else [Mark(GUESS, text("novelty.guess", lang))]))),
        table=MappingProxyType(
            {text("networks.column", lang): tuple(one.name for one in found)}
            | {text(f"novelty.{part}", lang): tuple(getattr(one, part) for one in found) for part in PARTS}
        ),
    )


def _colors(theme: Theme) -> dict[str, str]:
    return {"new": theme["ink"], "held_out": theme.at("share", 0.55), "learned": theme["line"]}


def _draw(found: Sequence[Found], shown: int, guess: int | None, lang: str, theme: Theme) -> go.Figure:
    names = [
        theme.label(f"<b>{one.name}</b>" if at == shown else one.name, x=0, y=at, xanchor="left", yanchor="bottom")
        | {"yshift": theme.height(ROW * BAR / 2), "xshift": -theme.px(4)}
        | {"font": theme.font(LABEL) | {"color": theme.text(one.cell) if one.cell else theme["muted"]}}
        for at, one in enumerate(found)
    ]
    traces = [_bars(found, part, lang, theme) for part in PARTS]
    if guess is not None:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": text("novelty.guess", lang),
                "x": np.array([guess / 100]),
                "y": np.array([shown - BAR / 2 - 0.08]),
                "cliponaxis": False,
                "marker": theme.dot(theme["bg"], 12, "triangle-down", theme["ink"]),
                "hovertemplate": "%{x:.0%}<extra>%{fullData.name}</extra>",
            }
        )
    return theme.draw(
        theme.height(ROW * len(found)) + theme.px(FOOT),
        traces,
        margin={"l": theme.px(16), "r": theme.px(24), "t": theme.px(8), "b": theme.px(FOOT)},
        barmode="stack",
        bargap=1 - BAR,
        annotations=names,
        xaxis={"range": [0, 1], "tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1]},
        yaxis={"range": [len(found) - 0.5, -0.9], "showticklabels": False},
    )


def _bars(found: Sequence[Found], part: str, lang: str, theme: Theme) -> Part:
    shares = np.array([one.share(part) for one in found])
    return {
        "type": "bar",
        "orientation": "h",
        "name": text(f"novelty.{part}", lang),
        "x": shares,
        "y": np.arange(len(found), dtype=np.int16),
        "marker": {"color": _colors(theme)[part], "line": {"color": theme["edge"], "width": theme.px(1)}},
        "hovertemplate": "%{x:.1%}<extra>%{fullData.name}</extra>",
    }
