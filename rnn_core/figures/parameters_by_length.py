"""What it costs to read longer sentences: the learned numbers of each network over the number of words."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import lines, networks
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text
from rnn_core.specs import BaselineSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.specs import NetworkSpec

BESIDE = 148  # px: the names beside the lines
HERE = "│"


def parameters_by_length(
    counts: Mapping[NetworkSpec, Sequence[int]], words: int, *, lang: str, theme: Theme
) -> Picture:
    """The learned numbers between embedding and readout that it takes to read 1, 2, … words, a line a network.

    Args:
        counts: network → its count for each number of words from 1 on, a window being made as wide as that.
        words: how many words the sentence on the page has.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    longest = len(next(iter(counts.values())))
    return Picture(
        key="parameters_by_length",
        figure=_draw(counts, words, lang, theme),
        title=text("parameters_by_length.title", lang),
        finding=_finding(counts, words, longest, lang),
        method=text("parameters_by_length.method", lang),
        legend=Legend("", None, marks=(Mark(HERE, text("parameters_by_length.here", lang, words=words)),)),
        table=MappingProxyType(
            {
                text("parameters_by_length.words", lang): tuple(range(1, longest + 1)),
                **{_name(spec, lang): tuple(numbers) for spec, numbers in counts.items()},
            }
        ),
    )


def _draw(counts: Mapping[NetworkSpec, Sequence[int]], words: int, lang: str, theme: Theme) -> go.Figure:
    every = np.array(list(counts.values()))  # (N, longest)
    longest = every.shape[1]
    low, high = (float(np.log10(end)) for end in (every.min(), every.max()))
    traces = [_line(spec, numbers, lang, theme) for spec, numbers in counts.items()]
    ends = (low - 0.1, high + 0.1)
    return theme.draw(
        theme.height(lines.HEIGHT) + theme.px(44),
        traces,
        margin={"l": theme.px(8), "r": theme.px(BESIDE), "t": theme.px(8), "b": theme.px(36)},
        shapes=[
            {"type": "line", "x0": words, "x1": words, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
            | {"line": theme.stroke(theme["edge"], 1)}
        ],
        annotations=lines.names(
            [_name(spec, lang) for spec in counts],
            [networks.ink(spec, theme) for spec in counts],
            [float(np.log10(numbers[-1])) for numbers in counts.values()],
            ends,
            theme,
        ),
        xaxis={"range": [0, longest + 1], "title": {"text": text("parameters_by_length.words", lang)}},
        yaxis={
            "type": "log",
            "range": list(ends),
            "showgrid": True,
            "tickvals": [1_000, 10_000, 100_000],
            "ticktext": ["1,000", "10,000", "100,000"],
            "title": {"text": text("parameters_by_length.count", lang)},
        },
    )


def _line(spec: NetworkSpec, numbers: Sequence[int], lang: str, theme: Theme) -> Part:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": _name(spec, lang),
        "x": np.arange(1, len(numbers) + 1, dtype=np.int16),
        "y": np.array(numbers),
        "line": theme.stroke(networks.mark(spec, theme), 2.5, networks.DASHES[networks.kind(spec)]),
        "hovertemplate": "%{x}<br>%{y:,}<extra>%{fullData.name}</extra>",
    }


def _name(spec: NetworkSpec, lang: str) -> str:
    """What a network is called whose window is as wide as the sentence."""
    wide = networks.kind(spec) == "window"
    return text("parameters_by_length.window", lang) if wide else networks.name(spec, lang)


def _finding(counts: Mapping[NetworkSpec, Sequence[int]], words: int, longest: int, lang: str) -> str:
    """What the window learns for the sentence and for the longest, beside a network that stays the same."""
    window = next(numbers for spec, numbers in counts.items() if networks.kind(spec) == "window")
    steady, count = next((spec, numbers[0]) for spec, numbers in counts.items() if not isinstance(spec, BaselineSpec))
    steadily = {
        "longest": longest,
        "widest": f"{window[-1]:,}",
        "network": networks.name(steady, lang),
        "count": f"{count:,}",
        "times": f"{window[-1] / count:.0f}",
    }
    if words == longest:
        return text("parameters_by_length.longest", lang, **steadily)
    return text("parameters_by_length.finding", lang, words=words, window=f"{window[words - 1]:,}", **steadily)
