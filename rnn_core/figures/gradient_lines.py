"""Sizes over the words on one logarithmic axis, a line a cell, with the place where the loss reads the state."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import lines, sparse_axis
from rnn_core.figures.gradient_marks import level_mark, loss_mark
from rnn_core.figures.log_axis import LogAxis, drawable
from rnn_core.figures.margins import GAP, LABEL, beside, text_width
from rnn_core.figures.words import DESK, NARROW

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
        **{"mingru": "solid", "minlstm": "dot"},
        **{"bidirectional": "longdash", "attentive": "longdashdot", "transformer": "dashdot"},
    }
)
SYMBOLS: Mapping[Cell, tuple[str, str]] = MappingProxyType(
    {
        **{"rnn": ("square", "■"), "lstm": ("circle", "●"), "gru": ("diamond", "◆")},
        **{"mingru": ("triangle-left", "◀"), "minlstm": ("triangle-right", "▶")},
        **{"bidirectional": ("star", "★"), "attentive": ("cross", "✚"), "transformer": ("hexagon", "⬢")},
    }
)
BESIDE = 90  # px that lie beside the words, for the lines' names and the axis
BOLD = 1.2  # how much wider a bold name is
ENDS = 0.02  # of the words' extent: what lies before and after them on the axis
TARGETS = "targets"  # the trace that a click chooses from


@dataclass(frozen=True, eq=False)
class Line:
    """One line: T sizes of a cell, drawn in full or thin and hollow.

    Attributes:
        name: what it is called.
        cell: whose.
        values: (T,).
        thin: thin and hollow.
        sparse: NaN is what was not computed, and no number that was lost.
    """

    name: str
    cell: Cell
    values: Float64
    thin: bool = False
    sparse: bool = False

    def style(self, theme: Theme, solid: bool = False) -> Part:
        """How it is drawn; `solid` where no other cell is in the drawing."""
        color, symbol = theme.mark(self.cell), SYMBOLS[self.cell][0]
        gaps: Part = {"connectgaps": self.sparse}
        if not self.thin:
            return lines.line(self.values, color, theme, "solid" if solid else DASHES[self.cell], symbol) | gaps
        hollow = theme.dot(color, 7, f"{symbol}-open", width=1.5)
        return lines.line(self.values, color, theme) | {"line": theme.stroke(color, 1), "marker": hollow} | gaps

    @property
    def known(self) -> Float64:
        """The values that were computed."""
        return self.values[~np.isnan(self.values)] if self.sparse else self.values


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
    level: tuple[float, str] | None = None,
    named: bool = True,
    room: float = BESIDE,
) -> go.Figure:
    """The figure; the first line lies on top. `title` is the y axis's, in Plotly's HTML.

    The axis stands at the right, where the loss is, and the lines' names at the left, where they part, if `named`.
    `level` is a height with a dashed line, and what that is called; `room` the px that lie beside the words.
    """
    known = [line.known for line in shown]
    axis = LogAxis.of(known, decades, rows=len(shown))
    traces: list[Part] = []
    for row, line in reversed(list(enumerate(shown))):
        traces += _traces(line, row, axis, theme, solid=not named)
    traces.append(_targets(len(words.tokens), axis))
    layout = _at_the_right(axis.layout(theme, lines.HEIGHT, title))
    above, below = theme.px(LABEL * 2), sparse_axis.margin(words, theme, room)
    names = _names(shown, axis, theme) if named else []
    sides = {"l": theme.px(_widest(names) + 2 * GAP), "r": theme.px(beside(layout, "right") + GAP)}
    shapes, notes = loss_mark(at, words, theme)
    if level:
        there, named_there = level_mark(*level, axis, theme)
        shapes, notes = [*shapes, there], [*notes, *named_there]
    return theme.draw(
        axis.height(theme, lines.HEIGHT) + above + below,
        traces,
        margin={"t": above, "b": below, **sides},
        hovermode="x unified",
        hoverdistance=_nearest(len(words.tokens), theme),
        hoversubplots="axis",
        annotations=[*names, *notes],
        xaxis=sparse_axis.time_axis(words, theme, room) | {"range": _extent(len(words.tokens)), "anchor": axis.foot},
        **layout | {"shapes": [*_shapes(layout), *shapes]},
    )


def _widest(names: Sequence[Part]) -> float:
    """The px of the widest name."""
    return BOLD * max((text_width(str(name["text"])) for name in names), default=0.0)


def _nearest(steps: int, theme: Theme) -> int:
    """Within how many px of a word it is shown: half a step, so that no other word's sign stands beside it."""
    return max(1, int((NARROW if theme.narrow else DESK) / steps / 2))


def _traces(line: Line, row: int, axis: LogAxis, theme: Theme, solid: bool) -> list[Part]:
    """A line, and the signs of what of it has no logarithm."""
    spoken = {"name": line.name, "hovertemplate": f"{line.name}: %{{customdata:.4~g}}<extra></extra>"}
    drawn = line.style(theme, solid) | spoken | {"y": drawable(line.values), "customdata": line.values}
    marked = np.nan_to_num(line.values, nan=1.0, posinf=np.inf) if line.sparse else line.values
    return [drawn, *axis.marks(marked, row, theme.mark(line.cell), line.name, theme)]


def _at_the_right(layout: Part) -> Part:
    """The same with its upright axes at the right."""
    upright = {name: {**axis, "side": "right"} for name, axis in layout.items() if isinstance(axis, dict)}
    return layout | upright


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
    """The ends of the x axis."""
    way = max(steps - 1, 1)
    return [1 - ENDS * way, steps + ENDS * way]


def _names(shown: Sequence[Line], axis: LogAxis, theme: Theme) -> list[Part]:
    """Each line's name where the line begins at the left, pushed apart."""
    named = [(f"<b>{line.name}</b>", theme.text(line.cell), line.values) for line in shown]
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
