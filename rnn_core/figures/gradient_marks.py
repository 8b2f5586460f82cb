"""What stands across a chart of sizes over the words: the place of the loss, and a height that has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import lines
from rnn_core.figures.margins import GAP, LABEL
from rnn_core.messages import text

if TYPE_CHECKING:
    from rnn_core.figures.log_axis import LogAxis
    from rnn_core.figures.theme import Part, Theme
    from rnn_core.figures.words import Words

BACKWARD = 0.5  # from which share of the way on there is room for saying which way the gradient goes


def loss_mark(at: int, words: Words, theme: Theme) -> tuple[list[Part], list[Part]]:
    """The line of the loss; its name over it, and which way the gradient goes, where there is room."""
    line = {"type": "line", "x0": at + 1, "x1": at + 1, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    top: Part = {"x": at + 1, "yref": "paper", "y": 1, "yanchor": "bottom"}
    notes = [theme.label(text("gradient_lines.loss", words.lang), xanchor="center") | top]
    steps = len(words.tokens)
    if steps > 1 and at >= BACKWARD * (steps - 1):
        backward = text("gradient_lines.backward", words.lang)
        notes.append(theme.label(f"← {backward}", "muted", xanchor="right", xshift=-theme.px(34)) | top)
    return [line | {"line": theme.stroke(theme["edge"])}], notes


def level_mark(height: float, name: str, axis: LogAxis, theme: Theme) -> tuple[Part, list[Part]]:
    """A dashed line, and what it is called, on the axis, unless it would lie on the label of 1."""
    ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": height, "y1": height, "layer": "below"}
    line = {"type": "line", "line": theme.stroke(theme["edge"], 1, "dash")} | ends
    place = float(np.log10(height))
    apart = abs(place) * theme.height(lines.HEIGHT) / (axis.high - axis.low)
    if not name or apart < theme.px(LABEL):
        return line, []
    where = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": theme.px(GAP), "y": place, "yanchor": "middle"}
    return line, [theme.label(name, "muted", **where)]
