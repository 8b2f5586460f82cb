"""How often each network answers right on sentences never learned, and where only the order tells the answer."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rnn_core.figures import networks
from rnn_core.figures.captions import joined, percent
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text
from rnn_core.statistics import intervals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.specs import NetworkSpec
    from rnn_core.training.order import Baselines, OrderScore

ROW, BESIDE = 56, 0.32  # px a network; how far from its mark a number stands, in rows
ALL, TWINS = "●", "◇"
SYMBOLS = {"all": "circle", "twins": "diamond-open"}


class Row(NamedTuple):
    """One name's shares, of all sentences and of the twins, each with its interval; None for what was not counted."""

    name: str
    ink: str
    mark: str
    shares: tuple[float, float]
    intervals: tuple[tuple[float, float] | None, tuple[float, float] | None]


def accuracy_by_model(
    right: Mapping[NetworkSpec, OrderScore],
    sentences: int,
    twins: int,
    baselines: Baselines,
    *,
    lang: str,
    theme: Theme,
) -> Picture:
    """The share of right replies among all held-out sentences and among those whose answer only the order tells.

    Args:
        right: network → its numbers of right replies.
        sentences: how many are held out; what a network can't read it can't answer.
        twins: how many of them have the same words as another sentence with another reply.
        baselines: the shares of the most frequent reply, and of a reply by lot.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    shares = {spec: (score["right"] / sentences, score["twins_right"] / twins) for spec, score in right.items()}
    rows = [*_networks(right, sentences, twins, lang, theme), *_without_reading(baselines, lang, theme)]
    said = text("accuracy_by_model.all", lang), text("accuracy_by_model.twins", lang)
    return Picture(
        key="accuracy_by_model",
        figure=_draw(rows, lang, theme),
        title=text("accuracy_by_model.title", lang),
        finding=_finding(shares, sentences, twins, lang),
        method=_method(right, sentences, lang),
        legend=Legend("", None, marks=(Mark(ALL, said[0]), Mark(TWINS, said[1]))),
        table=MappingProxyType(
            {
                text("networks.column", lang): tuple(row.name for row in rows),
                said[0]: tuple(row.shares[0] for row in rows),
                said[1]: tuple(row.shares[1] for row in rows),
                text("accuracy_by_model.readable", lang): (
                    *(score["readable"] for score in right.values()),
                    *(sentences,) * (len(rows) - len(right)),
                ),
            }
        ),
    )


def _networks(
    right: Mapping[NetworkSpec, OrderScore], sentences: int, twins: int, lang: str, theme: Theme
) -> Iterator[Row]:
    for spec, score in right.items():
        counted = [score["right"], score["twins_right"]], [sentences, twins]
        every, ordered = ((float(low), float(high)) for low, high in zip(*intervals.wilson(*counted), strict=True))
        shares = counted[0][0] / sentences, counted[0][1] / twins
        yield Row(
            networks.name(spec, lang), networks.ink(spec, theme), networks.mark(spec, theme), shares, (every, ordered)
        )


def _without_reading(baselines: Baselines, lang: str, theme: Theme) -> Iterator[Row]:
    """The rows of what takes no reading."""
    for key, shares in (
        ("majority", (baselines.majority, baselines.majority_twins)),
        ("chance", (baselines.chance, baselines.chance)),
    ):
        name = text(f"accuracy_by_model.{key}", lang)
        yield Row(name, theme["muted"], theme["muted"], shares, (None, None))


def _draw(rows: Sequence[Row], lang: str, theme: Theme) -> go.Figure:
    traces = [_points(rows, at, key, lang, theme) for at, key in enumerate(SYMBOLS)]
    traces += [
        _numbers([row.shares[at] for row in rows], side, lang, theme) for at, side in enumerate((-BESIDE, BESIDE))
    ]
    names = [
        # What takes no reading is right of few, so that its numbers stand at the left.
        theme.label(f"<b>{row.name}</b>", y=at, yanchor="bottom", yshift=theme.px(8))
        | ({"x": 0, "xanchor": "left"} if all(row.intervals) else {"x": 1, "xanchor": "right"})
        | {"font": theme.font(LABEL) | {"color": row.ink}}
        for at, row in enumerate(rows)
    ]
    rails: list[Part] = [
        {"type": "line", "x0": 0, "x1": 1, "y0": at, "y1": at, "layer": "below"}
        | {"line": theme.stroke(theme["line"], 1)}
        for at in range(len(rows))
    ]
    return theme.draw(
        theme.height(ROW * len(rows)) + theme.px(36),
        traces,
        margin={"l": theme.px(8), "r": theme.px(24), "t": theme.px(8), "b": theme.px(28)},
        annotations=names,
        shapes=rails,
        xaxis={"range": [-0.01, 1.01], "tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1]},
        yaxis={"range": [len(rows) - 0.4, -0.8], "showticklabels": False},
    )


def _points(rows: Sequence[Row], at: int, key: str, lang: str, theme: Theme) -> Part:
    """One of each row's two shares, with its interval."""
    shares, colors = np.array([row.shares[at] for row in rows]), [row.mark for row in rows]
    low, high = np.array([row.intervals[at] or (row.shares[at],) * 2 for row in rows]).T
    return {
        "type": "scatter",
        "mode": "markers",
        "name": text(f"accuracy_by_model.{key}", lang),
        "x": shares,
        "y": np.arange(len(shares), dtype=np.int16),
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": high - shares,
            "arrayminus": shares - low,
            "color": theme["edge"],
            "thickness": theme.px(1.5),
            "width": theme.px(4),
        },
        "text": [percent(share, lang) for share in shares.tolist()],
        "cliponaxis": False,
        "marker": theme.dot("", 10, SYMBOLS[key]) | {"color": colors, "line": {"color": colors, "width": theme.px(2)}},
        "hovertemplate": "%{text}<extra>%{fullData.name}</extra>",
    }


def _numbers(shares: Sequence[float], side: float, lang: str, theme: Theme) -> Part:
    """The shares in figures, above or below their marks."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array(shares),
        "y": np.arange(len(shares)) + side,
        "text": [percent(share, lang) for share in shares],
        "textfont": theme.font(),
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _finding(
    shares: Mapping[NetworkSpec, tuple[float, float]],
    sentences: int,
    twins: int,
    lang: str,
) -> str:
    """Where only the order tells, the one that knows no order and the best; the best of all, and who is behind it."""
    ordered = {spec: share for spec, (_, share) in shares.items()}
    every = {spec: share for spec, (share, _) in shares.items()}
    bag = next(spec for spec in every if networks.kind(spec) == "bag")
    behind = [spec for spec, share in every.items() if share < every[bag]]
    parts = [
        text(
            "accuracy_by_model.ordered",
            lang,
            twins=twins,
            bag=_value([bag], ordered[bag], lang),
            each=_best(ordered, lang),
        ),
        text("accuracy_by_model.best", lang, sentences=f"{sentences:,}", each=_best(every, lang)),
    ]
    if behind:
        found = {"bag": _value([bag], every[bag], lang), "each": networks.listed(behind, lang)}
        parts.append(text("accuracy_by_model.behind", lang, **found))
    return joined(parts, lang)


def _method(right: Mapping[NetworkSpec, OrderScore], sentences: int, lang: str) -> str:
    """How it was counted, and what could not be read."""
    unread = [
        text(
            "accuracy_by_model.unread",
            lang,
            network=networks.name(spec, lang),
            count=f"{sentences - score['readable']:,}",
        )
        for spec, score in right.items()
        if score["readable"] < sentences
    ]
    return joined([text("accuracy_by_model.method", lang), *unread], lang)


def _best(shares: Mapping[NetworkSpec, float], lang: str) -> str:
    """The best share, and all that have it."""
    most = max(shares.values())
    return _value([spec for spec, share in shares.items() if share == most], most, lang)


def _value(specs: Sequence[NetworkSpec], share: float, lang: str) -> str:
    return text("networks.value", lang, name=networks.listed(specs, lang), value=percent(share, lang))
