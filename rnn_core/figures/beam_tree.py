"""The beam as a tree: a column a step, the kept beginnings from the likeliest down, each with its probability."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import exp
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import brief, percent
from rnn_core.figures.margins import LABEL, text_width
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import WORD
from rnn_core.figures.words import short
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Scale

SCALE: Scale = "share"
ROW, LONGEST = 68, 12  # px a hypothesis; characters of a word
OVER, UNDER = 0.33, 0.3  # how far from its node its word and its probability stand, in rows
ROOT, BEYOND = 0.45, 0.6  # where the root stands, the first step being at 1; columns after the last
NARROWEST, APART, BOLD = 56, 12, 1.08  # px a step at least, px between words, how much wider bold letters are
EDGE = 0.05  # columns before the root
LEVEL = 0.36  # of the way to the next step that a line is level at either end, so that it meets no word or number
LEAST = 0.01  # a probability below it is not written
ENDS = "■"


@dataclass(frozen=True)
class Branch:
    """One beginning that the search kept.

    Attributes:
        parent: the index of the one that it goes on from, None for a first word.
        step: how many words it has, from 1 on.
        token: its last word.
        probability: of that word, after those before it.
        log_probability: of the whole beginning, its logarithm.
        ends: it is a whole output.
    """

    parent: int | None
    step: int
    token: str
    probability: float
    log_probability: float
    ends: bool

    @property
    def total(self) -> float:
        """The probability of the whole beginning."""
        return exp(self.log_probability)


def beam_tree(branches: Sequence[Branch], width: int, *, lang: str, theme: Theme) -> Picture:
    """The search with `width` beginnings kept at each step; parents stand before their children."""
    best = _best(branches)
    path = _path(branches, best)
    return Picture(
        key="beam",
        figure=_draw(branches, set(path), theme),
        title=text("beam_tree.title", lang),
        finding=_finding(branches, path, width, lang),
        method=text("beam_tree.method", lang, width=width),
        legend=Legend(
            "<i>p</i>",
            SCALE,
            "0",
            "1",
            (Mark("━", text("beam_tree.best", lang), theme["ink"]), Mark(ENDS, text("beam_tree.ends", lang))),
        ),
        table=_table(branches, lang),
    )


def beam_width(branches: Sequence[Branch], theme: Theme) -> float:
    """The px at which no word of the tree meets the one beside it."""
    halves = {}  # (step, row) → half of what is written there, px at a desk
    for branch, rank in zip(branches, _ranks(branches), strict=True):
        word = text_width(short(branch.token, LONGEST), WORD)
        halves[branch.step, rank] = max(word, text_width(_share(branch.total), LABEL)) * BOLD / 2
    pairs = (half + halves.get((step + 1, rank), 0) + APART for (step, rank), half in halves.items())
    steps = max(branch.step for branch in branches)
    return theme.px(max(NARROWEST, *pairs) * (steps + BEYOND - ROOT + EDGE))


def _best(branches: Sequence[Branch]) -> int:
    """The likeliest whole output; the likeliest beginning of all steps' last where none ended."""
    ended = [at for at, branch in enumerate(branches) if branch.ends]
    last = max(branch.step for branch in branches)
    others = [at for at, branch in enumerate(branches) if branch.step == last]
    return max(ended or others, key=lambda at: branches[at].total)


def _path(branches: Sequence[Branch], end: int) -> list[int]:
    path, at = [end], branches[end].parent
    while at is not None:
        path.append(at)
        at = branches[at].parent
    return path[::-1]


def _ranks(branches: Sequence[Branch]) -> list[int]:
    """Where each stands in its column: 0 on top, the likeliest."""
    ranks = [0] * len(branches)
    order = sorted(range(len(branches)), key=lambda at: (branches[at].step, -branches[at].total))
    for _, column in groupby(order, key=lambda at: branches[at].step):
        for rank, at in enumerate(column):
            ranks[at] = rank
    return ranks


def _draw(branches: Sequence[Branch], path: set[int], theme: Theme) -> go.Figure:
    ranks = _ranks(branches)
    places = [(branch.step, rank) for branch, rank in zip(branches, ranks, strict=True)]
    others = [at for at in range(len(branches)) if at not in path]
    edges = [
        _edges(branches, places, others, theme["edge"], 1.5, theme) | {"name": "others"},
        _edges(branches, places, sorted(path), theme["ink"], 3, theme) | {"name": "best"},
    ]
    steps, deep = max(branch.step for branch in branches), max(ranks)
    return theme.draw(
        theme.height(ROW) * (deep + 1) + theme.px(40),
        [*edges, _nodes(branches, places, theme), *_labels(branches, places, path, theme)],
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": theme.px(28)},
        xaxis={"range": [ROOT - EDGE, steps + BEYOND], "tickvals": list(range(1, steps + 1))},
        yaxis={"range": [deep + 0.5, -0.5], "showticklabels": False},
    )


def _edges(
    branches: Sequence[Branch],
    places: Sequence[tuple[int, int]],
    which: Sequence[int],
    color: str,
    width: float,
    theme: Theme,
) -> Part:
    """A line from each of `which` to the one that it goes on from; the first words come from one root."""
    x: list[float | None] = []
    y: list[float | None] = []
    for at in which:
        parent = branches[at].parent
        start = (ROOT, 0) if parent is None else places[parent]
        way = places[at][0] - start[0]
        x += [start[0], start[0] + LEVEL * way, places[at][0] - LEVEL * way, places[at][0], None]
        y += [start[1], start[1], places[at][1], places[at][1], None]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": theme.stroke(color, width), "hoverinfo": "skip"}


def _nodes(branches: Sequence[Branch], places: Sequence[tuple[int, int]], theme: Theme) -> Part:
    totals = np.array([branch.total for branch in branches])
    dot = theme.dot(theme["edge"], 14, "circle", rim=theme["edge"], width=1.5)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "beginnings",
        "x": np.array([x for x, _ in places], np.int16),
        "y": np.array([y for _, y in places], np.int16),
        "customdata": np.stack([[branch.probability for branch in branches], totals], axis=1),
        "text": [short(branch.token, LONGEST * 2) for branch in branches],
        "marker": dot
        | {
            "color": totals,
            "cmin": 0,
            "cmax": 1,
            "colorscale": theme.colorscale(SCALE),
            "symbol": ["square" if branch.ends else "circle" for branch in branches],
        },
        "hovertemplate": "%{text}: %{customdata[0]:.5~g} → %{customdata[1]:.5~g}<extra></extra>",
    }


def _labels(branches: Sequence[Branch], places: Sequence[tuple[int, int]], path: set[int], theme: Theme) -> list[Part]:
    """Over each node its word, under it how probable the whole beginning is; a halo of the ground keeps lines off."""
    halo = ", ".join(f"{x}px {y}px 1px {theme['bg']}" for x in (-2, 0, 2) for y in (-2, 0, 2) if x or y)

    def written(name: str, said: Sequence[str], below: float, font: Part) -> Part:
        # without markup where it can be: Plotly draws that several times faster
        return {
            "type": "scatter",
            "mode": "text",
            "name": name,
            "x": np.array([x for x, _ in places], np.int16),
            "y": np.array([y + below for _, y in places], np.float32),
            "text": [f"<b>{label}</b>" if at in path and label else label for at, label in enumerate(said)],
            "textfont": font | {"shadow": halo},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }

    words = [short(branch.token, LONGEST) for branch in branches]
    shares = [_share(branch.total) for branch in branches]
    return [
        written("words", words, -OVER, theme.font(WORD)),
        written("shares", shares, UNDER, theme.font(LABEL, "muted")),
    ]


def _share(total: float) -> str:
    """A probability in few signs; nothing for less than a percent."""
    return f"{brief(total)}%" if total >= LEAST else ""


def _finding(branches: Sequence[Branch], path: Sequence[int], width: int, lang: str) -> str:
    whole = _joined([branches[at].token for at in path if not branches[at].ends])
    end = branches[path[-1]]
    said = text("beam_tree.finds", lang, words=whole, share=percent(end.total, lang))
    second = sorted((branch.total for branch in branches if branch.ends and branch is not end), reverse=True)
    if width == 1 or not second:
        return said
    return text("figures.join", lang, first=said, second=text("beam_tree.second", lang, share=percent(second[0], lang)))


def _joined(tokens: Sequence[str]) -> str:
    """Letters stand close, words apart."""
    return ("" if all(len(token) == 1 for token in tokens) else " ").join(tokens)


def _table(branches: Sequence[Branch], lang: str) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    return MappingProxyType(
        {
            text("figures.column.step", lang): tuple(branch.step for branch in branches),
            text("beam_tree.beginning", lang): tuple(
                _joined([branches[at].token for at in _path(branches, place)]) for place in range(len(branches))
            ),
            text("figures.column.probability", lang): np.array([branch.probability for branch in branches], np.float32),
            text("beam_tree.total", lang): np.array([branch.total for branch in branches], np.float32),
            text("beam_tree.whole", lang): tuple(branch.ends for branch in branches),
        }
    )
