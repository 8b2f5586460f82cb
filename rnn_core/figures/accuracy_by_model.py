"""How often each network answers right on sentences never learned, and where only the order tells the answer."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import networks
from rnn_core.figures.captions import joined, percent
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.specs import NetworkSpec
    from rnn_core.training.order import OrderScore

ROW, BESIDE = 56, 0.32  # px a network; how far from its mark a number stands, in rows
ALL, TWINS = "●", "◇"
SYMBOLS = {"all": "circle", "twins": "diamond-open"}


def accuracy_by_model(
    right: Mapping[NetworkSpec, OrderScore], sentences: int, twins: int, *, lang: str, theme: Theme
) -> Picture:
    """The share of right replies among all held-out sentences and among those whose answer only the order tells.

    Args:
        right: network → its numbers of right replies.
        sentences: how many are held out; what a network can't read it can't answer.
        twins: how many of them have the same words as another sentence with another reply.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    shares = {spec: (score["right"] / sentences, score["twins_right"] / twins) for spec, score in right.items()}
    said = text("accuracy_by_model.all", lang), text("accuracy_by_model.twins", lang)
    return Picture(
        key="accuracy_by_model",
        figure=_draw(shares, lang, theme),
        title=text("accuracy_by_model.title", lang),
        finding=_finding(shares, sentences, twins, lang),
        method=_method(right, sentences, lang),
        legend=Legend("", None, marks=(Mark(ALL, said[0]), Mark(TWINS, said[1]))),
        table=MappingProxyType(
            {
                text("networks.column", lang): tuple(networks.name(spec, lang) for spec in right),
                said[0]: tuple(share for share, _ in shares.values()),
                said[1]: tuple(share for _, share in shares.values()),
                text("accuracy_by_model.readable", lang): tuple(score["readable"] for score in right.values()),
            }
        ),
    )


def _draw(shares: Mapping[NetworkSpec, tuple[float, float]], lang: str, theme: Theme) -> go.Figure:
    rows = list(shares.items())
    traces: list[Part] = [
        _points([share[at] for _, share in rows], key, [networks.mark(spec, theme) for spec, _ in rows], lang, theme)
        for at, key in enumerate(SYMBOLS)
    ]
    traces += [
        _numbers([share[at] for _, share in rows], side, lang, theme) for at, side in enumerate((-BESIDE, BESIDE))
    ]
    names = [
        theme.label(
            f"<b>{networks.name(spec, lang)}</b>",
            networks.ink(spec, theme),
            x=0,
            y=row,
            xanchor="left",
            yanchor="bottom",
            yshift=theme.px(8),
        )
        for row, (spec, _) in enumerate(rows)
    ]
    rails: list[Part] = [
        {"type": "line", "x0": 0, "x1": 1, "y0": row, "y1": row, "layer": "below"}
        | {"line": theme.stroke(theme["line"], 1)}
        for row in range(len(rows))
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


def _points(shares: Sequence[float], key: str, colors: Sequence[str], lang: str, theme: Theme) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": text(f"accuracy_by_model.{key}", lang),
        "x": np.array(shares),
        "y": np.arange(len(shares), dtype=np.int16),
        "text": [percent(share, lang) for share in shares],
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
