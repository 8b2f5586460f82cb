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

    def style(self, look: Theme) -> Part:
        """How it is drawn."""
        color, symbol = look.mark(self.cell), SYMBOLS[self.cell][0]
        if not self.thin:
            return lines.line(self.values, color, look, DASHES[self.cell], symbol)
        hollow = look.dot(color, 7, f"{symbol}-open", width=1.5)
        return lines.line(self.values, color, look) | {"line": look.stroke(color, 1, "solid"), "marker": hollow}


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
    look: Theme,
    *,
    decades: tuple[float, float] | None = None,
    guess: Float64 | None = None,
) -> go.Figure:
    """The figure; the first line lies on top. `title` is the y axis's, in Plotly's HTML."""
    known = [line.values for line in shown]
    if guess is not None:
        known.append(guess[np.isfinite(drawable(guess))])
    axis = LogAxis.of(known, decades, rows=len(shown))
    traces: list[Part] = [] if guess is None else [_guess(guess, words.lang, look)]
    for row, line in reversed(list(enumerate(shown))):
        spoken = {"name": line.name, "hovertemplate": f"{line.name}: %{{customdata:.4~g}}<extra></extra>"}
        traces.append(line.style(look) | spoken | {"y": drawable(line.values), "customdata": line.values})
        traces += axis.marks(line.values, row, look.mark(line.cell), line.name, look)
    traces.append(_targets(len(words.tokens), axis))
    layout = axis.layout(look, lines.HEIGHT, title)
    above, below = look.px(LABEL * 2), sparse_axis.margin(words, look, BESIDE)
    shapes = [*_shapes(layout), _loss_line(at, look)]
    notes = [*_names(shown, axis, words.lang, guess, look), *_loss(at, words, look)]
    return look.draw(
        axis.height(look, lines.HEIGHT) + above + below,
        traces,
        margin={"l": look.px(8), "r": look.px(16), "t": above, "b": below},
        hovermode="x unified",
        hoversubplots="axis",
        annotations=notes,
        xaxis=sparse_axis.time_axis(words, look, BESIDE) | {"range": _extent(len(words.tokens)), "anchor": axis.foot},
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


def _guess(guess: Float64, lang: str, look: Theme) -> Part:
    name = text("gradient_lines.guess", lang)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.arange(1, len(guess) + 1, dtype=np.int16),
        "y": drawable(guess),
        "customdata": guess,
        "name": name,
        "line": look.stroke(look["edge"], 7),
        "opacity": 0.45,
        "hovertemplate": f"{name}: %{{customdata:.2~g}}<extra></extra>",
    }


def _names(shown: Sequence[Line], axis: LogAxis, lang: str, guess: Float64 | None, look: Theme) -> list[Part]:
    """Each line's name where the line begins at the left, pushed apart."""
    named = [(f"<b>{line.name}</b>", look.text(line.cell), line.values) for line in shown]
    if guess is not None:
        named.append((text("gradient_lines.guess", lang), "muted", guess))
    begins = [np.flatnonzero((values > 0) & np.isfinite(values)) for *_, values in named]
    begun = [
        (label, color, values, int(first[0]))
        for (label, color, values), first in zip(named, begins, strict=True)
        if first.size
    ]
    places = [float(np.log10(values[first])) for *_, values, first in begun]
    gap = (axis.high - axis.low) * look.px(LABEL * 1.4) / look.height(lines.HEIGHT)
    apart = lines.spread(places, gap, axis.low, axis.high)
    return [
        look.label(label, color, x=first + 1, xanchor="right", xshift=-look.px(9), y=place, yanchor="middle")
        for (label, color, _, first), place in zip(begun, apart, strict=True)
    ]


def _loss_line(at: int, look: Theme) -> Part:
    return {
        "type": "line",
        "x0": at + 1,
        "x1": at + 1,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": look.stroke(look["edge"]),
        "layer": "below",
    }


def _loss(at: int, words: Words, look: Theme) -> list[Part]:
    """The name of the loss over its line, and which way the error goes, where there is room."""
    steps = len(words.tokens)
    top: Part = {"x": at + 1, "yref": "paper", "y": 1, "yanchor": "bottom"}
    notes = [look.label(text("gradient_lines.loss", words.lang), xanchor="center") | top]
    if steps > 1 and at >= BACKWARD * (steps - 1):
        backward = text("gradient_lines.backward", words.lang)
        notes.append(look.label(f"← {backward}", "muted", xanchor="right", xshift=-look.px(34)) | top)
    return notes
