"""How a class voted, before a discussion and after it, and what was measured: one picture."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.margins import text_width
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import WORD
from rnn_core.figures.words import short
from rnn_core.messages import text
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme

TURNS = ("votes.first", "votes.second")
MEASURED = "✓"
LABEL_PX, BAR_PX, GAP_PX = 26, 18, 10  # px of a line of an answer's name, of a bar, and between two answers
LONGEST = 60  # characters of an answer's name
BESIDE = 360  # px at a desk: names that are no wider stand beside their bars, others above them
SHORTEST = 5  # votes that the axis shows at least


def votes(
    options: Sequence[str], counts: Sequence[Sequence[int]], right: Sequence[int], *, lang: str, theme: Theme
) -> Picture:
    """A band an answer: its name, and a bar for each vote.

    Args:
        options: the answers.
        counts: of each vote, one or two, how many were for each answer.
        right: the answers (0-based) that were measured.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    names = [text(turn, lang) for turn in TURNS[: len(counts)]]
    turned = [Mark("■", name, _color(turn, theme)) for turn, name in enumerate(names)] if len(names) > 1 else []
    heads = names if len(names) > 1 else [text("votes.count", lang)]
    return Picture(
        key="votes",
        figure=_draw(options, counts, names, right, theme),
        title=text("votes.title", lang),
        finding=_finding(options, counts, right, lang),
        method=text("votes.method", lang),
        legend=Legend("", None, marks=(*turned, Mark(MEASURED, text("votes.measured", lang)))),
        table=MappingProxyType(
            {text("votes.option", lang): tuple(options)}
            | {head: tuple(row) for head, row in zip(heads, counts, strict=True)}
        ),
    )


def _color(turn: int, theme: Theme) -> str:
    return theme["ink"] if turn else theme["edge"]


def _draw(
    options: Sequence[str], counts: Sequence[Sequence[int]], names: Sequence[str], right: Sequence[int], theme: Theme
) -> go.Figure:
    """In px from the top: a bar's place is where it is drawn."""
    label, bar, gap = (theme.px(size) for size in (LABEL_PX, BAR_PX, GAP_PX))
    named = [_name(option, at in right) for at, option in enumerate(options)]
    width = theme.px(max(text_width(name, WORD) for name in named)) + theme.px(GAP_PX)
    beside = not theme.narrow and width <= theme.px(BESIDE)
    above, left = (0.0, width) if beside else (label, 0.0)
    band = above + len(counts) * bar + gap
    tops = band * np.arange(len(options))
    most = max(SHORTEST, *(count for row in counts for count in row))
    bars = [
        _bars(names[turn], row, tops + above + (turn + 0.5) * bar, 0.85 * bar, _color(turn, theme), theme)
        for turn, row in enumerate(counts)
    ]
    return theme.draw(
        band * len(options) + theme.px(16),
        bars,
        margin={"l": theme.px(8) + left, "r": theme.px(40), "t": theme.px(8), "b": theme.px(8)},
        barmode="overlay",
        annotations=[
            theme.label(name, x=0, xshift=-left, xanchor="left", yanchor="middle", align="left")
            | {"y": float(top) + (above or len(counts) * bar) / 2, "font": theme.font(WORD)}
            for name, top in zip(named, tops, strict=True)
        ],
        xaxis={"range": [0, most], "visible": False},
        yaxis={"range": [float(band * len(options)), 0.0], "visible": False},
    )


def _bars(name: str, row: Sequence[int], places: NDArray[np.floating], width: float, color: str, theme: Theme) -> Part:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": np.array(row, dtype=np.int16),
        "y": places,
        "width": width,
        "marker": {"color": color, "line": {"width": 0}},
        "text": [str(count) for count in row],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": theme.font(WORD),
        "cliponaxis": False,
        "hovertemplate": "%{x}<extra>%{fullData.name}</extra>",
    }


def _name(option: str, measured: bool) -> str:
    name = short(option, LONGEST)
    return f"<b>{MEASURED} {name}</b>" if measured else name


def _finding(options: Sequence[str], counts: Sequence[Sequence[int]], right: Sequence[int], lang: str) -> str:
    named = text("figures.list", lang).join(shorten(options[at], LONGEST) for at in right)
    totals = [sum(row) for row in counts]
    voted = [sum(row[at] for at in right) for row in counts]
    if not any(totals):
        return text("votes.nobody", lang, options=named)
    if len(counts) == 1:
        return text("votes.once", lang, right=voted[0], total=totals[0], options=named)
    return text(
        "votes.twice", lang, right=voted[0], total=totals[0], again=voted[1], total_again=totals[1], options=named
    )
