"""What must wait for what: the states of a recurrent layer and of a Transformer, each with the step of its turn."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core import parallelism
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.parallelism import Node
    from rnn_core.quantities import CostModel, Scale

SCALE: Scale = "size"
MOST, NARROW = 12, 8  # words that are drawn, at a desk and on a phone
DOT, SMALL, ROW = 30, 22, 84  # px: a state at a desk and on a phone, and a row
RECURRENT: CostModel = "lstm"
ROWS: Mapping[tuple[CostModel, int], float] = MappingProxyType(
    {(RECURRENT, 0): 0.0, ("transformer", 1): 0.9, ("transformer", 0): 2.2}
)
"""Where each layer lies, downwards; above its words lies what reads them."""


def sequential_steps(tokens: Sequence[str], *, lang: str, theme: Theme, glosses: Sequence[str] = ()) -> Picture:
    """The graph for the first words of a sentence; each state carries the step in which it can be computed."""
    most = NARROW if theme.narrow else MOST
    words = Words(tuple(tokens[:most]), tuple(glosses[:most]), lang)
    count = len(words.tokens)
    nodes = {
        RECURRENT: parallelism.graph(RECURRENT, count),
        "transformer": parallelism.graph("transformer", count, parallelism.LAYERS),
    }
    drawn = [(cell, node) for cell, some in nodes.items() for node in some]
    longest = {cell: max(node.step for node in some) for cell, some in nodes.items()}
    long = parallelism.LENGTHS[-1]
    every = {cell: parallelism.sequential_steps(cell, long) for cell in nodes}
    cut = text("sequential_steps.cut", lang, drawn=count, words=len(tokens)) if len(tokens) > most else ""
    return Picture(
        key="sequential_steps",
        figure=_draw(drawn, words, theme),
        title=text("sequential_steps.title", lang),
        finding=text(
            "sequential_steps.finding",
            lang,
            words=count,
            recurrent=longest[RECURRENT],
            transformer=longest["transformer"],
            long=long,
            recurrent_long=every[RECURRENT],
            transformer_long=every["transformer"],
        ),
        method=text("sequential_steps.method", lang) + cut,
        legend=Legend("", None, marks=(Mark("①", text("sequential_steps.number", lang)),)),
        table=MappingProxyType(
            {
                text("sequential_steps.network", lang): tuple(_name(cell, node.layer, lang) for cell, node in drawn),
                text("figures.column.word", lang): tuple(words.tokens[node.place] for _, node in drawn),
                text("sequential_steps.step", lang): tuple(node.step for _, node in drawn),
                text("sequential_steps.needs", lang): tuple(len(node.needs) for _, node in drawn),
            }
        ),
    )


def _name(cell: CostModel, layer: int, lang: str) -> str:
    if cell == RECURRENT:
        return text("sequential_steps.recurrent", lang)
    return text("sequential_steps.layer", lang, layer=layer + 1)


def _draw(drawn: Sequence[tuple[CostModel, Node]], words: Words, theme: Theme) -> go.Figure:
    steps = np.array([node.step for _, node in drawn], np.int16)
    shares = (steps - 1) / max(len(words.tokens) - 1, 1)
    dots: Part = {
        "type": "scatter",
        "mode": "markers+text",
        "x": np.array([node.place + 1 for _, node in drawn], np.int16),
        "y": np.array([ROWS[cell, node.layer] for cell, node in drawn], np.float32),
        "customdata": steps,
        "text": [str(step) for step in steps],
        "textfont": theme.font() | {"color": [theme.on(SCALE, float(share)) for share in shares]},
        "marker": theme.dot("", SMALL if theme.narrow else DOT)
        | {"color": [theme.at(SCALE, float(share)) for share in shares]}
        | {"line": theme.stroke(theme["edge"], 1)},
        "cliponaxis": False,
        "hovertemplate": f"{text('sequential_steps.step', words.lang)} %{{customdata}}<extra></extra>",
    }
    below = words.margin(theme, 130)
    names = {row: _name(cell, layer, words.lang) for (cell, layer), row in ROWS.items()}
    return theme.draw(
        theme.height(ROW * (max(ROWS.values()) + 0.9)) + below,
        [dots, _edges(drawn, theme)],
        margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(8), "b": below},
        xaxis=words.axis(theme, 130) | {"range": [0.4, len(words.tokens) + 0.6]},
        yaxis={
            "tickvals": list(names),
            "ticktext": list(names.values()),
            "range": [max(ROWS.values()) + 0.45, -0.45],
            "tickfont": theme.font(),
        },
    )


def _edges(drawn: Sequence[tuple[CostModel, Node]], theme: Theme) -> Part:
    """A line from each state to every state that needs it, drawn under the states."""
    x: list[float | None] = []
    y: list[float | None] = []
    for cell, node in drawn:
        for layer, place in node.needs:
            x += [place + 1, node.place + 1, None]
            y += [ROWS[cell, layer], ROWS[cell, node.layer], None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": theme.stroke(theme["edge"], 1),
        "hoverinfo": "skip",
        "zorder": -1,
    }
