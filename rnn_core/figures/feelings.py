"""How often a sentiment network is right, in one direction and in two, by how many words are still to come."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import hundredths, percent
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text
from rnn_core.tasks.sentiment import CHANCE, spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.tasks.sentiment import Spread, Worth

HEIGHT, FOOT, APART = 300, 48, 1.75  # px; how far right of the last word the answers after the sentence stand
LOW = 0.3  # the lower end of the axis, under an answer by lot
SIGNS: Mapping[int, tuple[str, str, str]] = MappingProxyType({1: ("■", "square", "dash"), 2: ("●", "circle", "solid")})
ASIDE: Mapping[int, float] = MappingProxyType({1: -0.12, 2: 0.12})


def feelings(worth: Sequence[Worth], majority: float, *, lang: str, theme: Theme) -> Picture:
    """The share of right answers: at each word by what is still to come, and after the sentence, over the seeds.

    Args:
        worth: one direction, two.
        majority: the share that is right if always the same is said.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    names = {one.directions: text(f"feelings.directions.{one.directions}", lang) for one in worth}
    return Picture(
        key="feelings",
        figure=_draw(worth, majority, names, lang, theme),
        title=text("feelings.title", lang),
        finding=_finding(worth, lang),
        method=text(
            "feelings.method",
            lang,
            sentences=f"{worth[0].sentence[0].of:,}",
            seeds=len(worth[0].words),
            one=f"{worth[0].parameters:,}",
            two=f"{worth[1].parameters:,}",
        ),
        legend=Legend("", None, marks=tuple(Mark(SIGNS[k][0], name, _color(k, theme)) for k, name in names.items())),
        table=_table(worth, names, lang),
    )


def _color(directions: int, theme: Theme) -> str:
    return theme.mark("lstm") if directions == 2 else theme["ink"]


def _draw(worth: Sequence[Worth], majority: float, names: Mapping[int, str], lang: str, theme: Theme) -> go.Figure:
    traces = [trace for one in worth for trace in _series(one, names[one.directions], theme)]
    to_come = len(worth[0].to_come[0])
    ticks = [-place for place in range(to_come)]
    baselines = {"chance": CHANCE, "majority": majority}
    return theme.draw(
        theme.height(HEIGHT) + theme.px(FOOT),
        traces,
        margin={"l": theme.px(8), "r": theme.px(24), "t": theme.px(12), "b": theme.px(FOOT)},
        annotations=[
            theme.label(
                text(f"feelings.{key}", lang, share=percent(share, lang)),
                "muted",
                **{"x": 1, "xref": "paper", "y": share, "xanchor": "right", "yanchor": side},
            )
            for (key, share), side in zip(baselines.items(), ("bottom", "top"), strict=True)  # clear of the lines
        ],
        shapes=[
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": share, "y1": share}
            | {"line": theme.stroke(theme["edge"], 1, "dot"), "layer": "below"}
            for share in baselines.values()
        ],
        xaxis={
            "range": [ticks[-1] - 0.5, APART + 0.75],
            "tickvals": [*ticks, APART],
            "ticktext": [*(str(-tick) for tick in ticks), text("feelings.after", lang)],
            "title": {"text": text("feelings.to_come", lang)},
        },
        yaxis={
            "range": [LOW, 1.01],
            "tickformat": ".0%",
            "tickvals": [0.4, 0.6, 0.8, 1.0],
            "showgrid": True,
        },
    )


def _series(one: Worth, name: str, theme: Theme) -> list[Part]:
    """The line over the words with the band of the seeds' intervals, and the answers after the sentence."""
    _, symbol, dash = SIGNS[one.directions]
    color = _color(one.directions, theme)
    low, middle, high = np.array([spread(seeds) for seeds in zip(*one.to_come, strict=True)]).T
    x = -np.arange(len(middle), dtype=np.float64)
    worst, mean, best = spread(one.sentence)
    band = "rgba({},{},{},0.18)".format(*(int(color[at : at + 2], 16) for at in (1, 3, 5)))
    shared: Part = {"type": "scatter", "name": name, "hovertemplate": "%{text}<extra>%{fullData.name}</extra>"}
    return [
        shared
        | {"x": x, "y": middle, "text": [f"{hundredths(share, 1)}%" for share in middle]}
        | {"mode": "lines+markers", "line": theme.stroke(color, 2, dash)}
        | {"marker": theme.dot(color, 8, symbol)},
        {
            "type": "scatter",
            "x": np.concatenate([x, x[::-1]]),
            "y": np.concatenate([low, high[::-1]]),
            "fill": "toself",
            "fillcolor": band,
            "line": {"width": 0},
            "mode": "lines",
            "hoverinfo": "skip",
        },
        shared
        | {"x": np.array([APART + ASIDE[one.directions]]), "y": np.array([mean]), "text": [f"{hundredths(mean, 1)}%"]}
        | {"mode": "markers", "marker": theme.dot(color, 10, symbol)}
        | {
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": np.array([best - mean]),
                "arrayminus": np.array([mean - worst]),
                "color": color,
                "thickness": theme.px(1.5),
                "width": theme.px(5),
            }
        },
    ]


def _finding(worth: Sequence[Worth], lang: str) -> str:
    """After the sentence, and where it is asked at a word, the number of words to come at which both differ most."""
    one, two = (spread(found.sentence) for found in worth)
    after = "after" if one.meets(two) else "apart"
    said = text(f"feelings.finding.{after}", lang, one=_interval(one, lang), two=_interval(two, lang))
    places = [[spread(seeds) for seeds in zip(*found.to_come, strict=True)] for found in worth]
    gaps = [abs(first.mean - second.mean) for first, second in zip(*places, strict=True)]
    words = int(np.argmax(gaps))
    if gaps[words] == 0:
        return text("figures.join", lang, first=said, second=text("feelings.finding.equal", lang))
    first, second = (_interval(found[words], lang) for found in places)
    most = text("feelings.finding.most", lang, words=words, one=first, two=second)
    return text("figures.join", lang, first=said, second=most)


def _interval(found: Spread, lang: str) -> str:
    """The mean, and the interval in brackets."""
    low, mean, high = (hundredths(end, 1) for end in found)
    return text("feelings.interval", lang, mean=mean, low=low, high=high)


def _on_one_line(label: str, lang: str) -> str:
    """A label of the axis, which breaks there, in a table."""
    return text(label, lang).replace("<br>", "" if lang == "ja" else " ")


def _table(worth: Sequence[Worth], names: Mapping[int, str], lang: str) -> Mapping[str, tuple[object, ...]]:
    """A row a network and question: the count, and its 95 % interval."""
    rows: list[tuple[object, ...]] = []
    for one in worth:
        for asked, seeds in (("after", one.sentence), ("each", one.words)):
            for seed, count in enumerate(seeds):
                ends = (round(end, 4) for end in count.interval)
                rows.append(
                    (
                        names[one.directions],
                        _on_one_line(f"feelings.{asked}", lang),
                        seed,
                        count.correct,
                        count.of,
                        *ends,
                    )
                )
    heads = ("network", "asked", "seed", "right", "of", "low", "high")
    columns = zip(*rows, strict=True)
    return MappingProxyType(
        {text(f"feelings.column.{head}", lang): column for head, column in zip(heads, columns, strict=True)}
    )
