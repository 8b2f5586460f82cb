"""Sizes over the words on one logarithmic axis, a line a cell, with the place where the loss reads the state."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import lines, sparse_axis
from rnn_core.figures.log_axis import LogAxis, drawable
from rnn_core.figures.margins import LABEL
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.figures.words import Words
    from rnn_core.quantities import Cell

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]

DASHES: Mapping[Cell, str] = MappingProxyType(
    {
        **{"rnn": "dot", "lstm": "solid", "gru": "dash"},
        **{"bidirectional": "longdash", "attentive": "longdashdot", "transformer": "dashdot"},
    }
)
SYMBOLS: Mapping[Cell, tuple[str, str]] = MappingProxyType(
    {
        **{"rnn": ("square", "■"), "lstm": ("circle", "●"), "gru": ("diamond", "◆")},
        **{"bidirectional": ("star", "★"), "attentive": ("cross", "✚"), "transformer": ("hexagon", "⬢")},
    }
)
BESIDE = 90  # px of the axis that lie left of the words, for the lines' names
LEFT, RIGHT = 0.32, 0.04  # of the words' extent: the same on the axis itself
TARGETS = "targets"  # the trace that a click chooses from
BACKWARD = 0.5  # from which share of the way on there is room for saying which way the error goes


@dataclass(frozen=True, eq=False)
class Line:
    """One line: T sizes of a cell, drawn in full or thin and hollow."""

    name: str
    cell: Cell
    values: Float64
    thin: bool = False

    def style(self, theme: Theme) -> Part:
        """How it is drawn."""
        color, symbol = theme.mark(self.cell), SYMBOLS[self.cell][0]
        if not self.thin:
            return lines.line(self.values, color, theme, DASHES[self.cell], symbol)
        hollow = theme.dot(color, 7, f"{symbol}-open", width=1.5)
        return lines.line(self.values, color, theme) | {"line": theme.stroke(color, 1, "solid"), "marker": hollow}


def sizes(values: Array, words: Words, name: str) -> Float64:
    """T sizes in float64, for as many words.

    Raises:
        KiokuError: another number of words than steps.
    """
    if values.shape != (len(words.tokens),):
        raise KiokuError("figure_words", quantity=name, steps=len(values), words=len(words.tokens))
    return np.asarray(values, np.float64)


def draw(
    shown: Sequence[Line],
    words: Words,
    at: int,
    title: str,
    theme: Theme,
    *,
    decades: tuple[float, float] | None = None,
    guess: Float64 | None = None,
) -> go.Figure:
    """The figure; the first line lies on top. `title` is the y axis's, in Plotly's HTML."""
    known = [line.values for line in shown]
    if guess is not None:
        known.append(guess[np.isfinite(drawable(guess))])
    axis = LogAxis.of(known, decades, rows=len(shown))
    traces: list[Part] = [] if guess is None else [_guess(guess, words.lang, theme)]
    for row, line in reversed(list(enumerate(shown))):
        spoken = {"name": line.name, "hovertemplate": f"{line.name}: %{{customdata:.4~g}}<extra></extra>"}
        traces.append(line.style(theme) | spoken | {"y": drawable(line.values), "customdata": line.values})
        traces += axis.marks(line.values, row, theme.mark(line.cell), line.name, theme)
    traces.append(_targets(len(words.tokens), axis))
    layout = axis.layout(theme, lines.HEIGHT, title)
    above, below = theme.px(LABEL * 2), sparse_axis.margin(words, theme, BESIDE)
    shapes = [*_shapes(layout), _loss_line(at, theme)]
    notes = [*_names(shown, axis, words.lang, guess, theme), *_loss(at, words, theme)]
    return theme.draw(
        axis.height(theme, lines.HEIGHT) + above + below,
        traces,
        margin={"l": theme.px(8), "r": theme.px(16), "t": above, "b": below},
        hovermode="x unified",
        hoversubplots="axis",
        annotations=notes,
        xaxis=sparse_axis.time_axis(words, theme, BESIDE) | {"range": _extent(len(words.tokens)), "anchor": axis.foot},
        **layout | {"shapes": shapes},
    )


def _targets(steps: int, axis: LogAxis) -> Part:
    """An unseen point at each word: a line without markers has none that a click could choose."""
    unseen = {"marker": {"opacity": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.arange(1, steps + 1, dtype=np.int16),
        "y": np.full(steps, axis.low, np.float32),
        "name": TARGETS,
        "hoverinfo": "none",
        "selected": unseen,
        "unselected": unseen,
        **unseen,
    }


def _shapes(layout: Part) -> list[object]:
    shapes = layout["shapes"]
    assert isinstance(shapes, list)
    return shapes


def _extent(steps: int) -> list[float]:
    """The ends of the x axis: beside the words, room for the names at the left."""
    way = max(steps - 1, 1)
    return [1 - LEFT * way, steps + RIGHT * way]


def _guess(guess: Float64, lang: str, theme: Theme) -> Part:
    name = text("gradient_lines.guess", lang)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.arange(1, len(guess) + 1, dtype=np.int16),
        "y": drawable(guess),
        "customdata": guess,
        "name": name,
        "line": theme.stroke(theme["edge"], 7),
        "opacity": 0.45,
        "hovertemplate": f"{name}: %{{customdata:.2~g}}<extra></extra>",
    }


def _names(shown: Sequence[Line], axis: LogAxis, lang: str, guess: Float64 | None, theme: Theme) -> list[Part]:
    """Each line's name where the line begins at the left, pushed apart."""
    named = [(f"<b>{line.name}</b>", theme.text(line.cell), line.values) for line in shown]
    if guess is not None:
        named.append((text("gradient_lines.guess", lang), "muted", guess))
    begins = [np.flatnonzero((values > 0) & np.isfinite(values)) for *_, values in named]
    begun = [
        (label, color, values, int(first[0]))
        for (label, color, values), first in zip(named, begins, strict=True)
        if first.size
    ]
    places = [float(np.log10(values[first])) for *_, values, first in begun]
    gap = (axis.high - axis.low) * theme.px(LABEL * 1.4) / theme.height(lines.HEIGHT)
    apart = lines.spread(places, gap, axis.low, axis.high)
    return [
        theme.label(label, color, x=first + 1, xanchor="right", xshift=-theme.px(9), y=place, yanchor="middle")
        for (label, color, _, first), place in zip(begun, apart, strict=True)
    ]


def _loss_line(at: int, theme: Theme) -> Part:
    return {
        "type": "line",
        "x0": at + 1,
        "x1": at + 1,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": theme.stroke(theme["edge"]),
        "layer": "below",
    }


def _loss(at: int, words: Words, theme: Theme) -> list[Part]:
    """The name of the loss over its line, and which way the error goes, where there is room."""
    steps = len(words.tokens)
    top: Part = {"x": at + 1, "yref": "paper", "y": 1, "yanchor": "bottom"}
    notes = [theme.label(text("gradient_lines.loss", words.lang), xanchor="center") | top]
    if steps > 1 and at >= BACKWARD * (steps - 1):
        backward = text("gradient_lines.backward", words.lang)
        notes.append(theme.label(f"← {backward}", "muted", xanchor="right", xshift=-theme.px(34)) | top)
    return notes
