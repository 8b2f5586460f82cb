"""The loss of the same training with its gradients clipped and without, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import lines, log_axis, runs
from rnn_core.figures.captions import number
from rnn_core.figures.gradient_lines import DASHES, SYMBOLS
from rnn_core.figures.log_axis import LogAxis, drawable
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell
    from rnn_core.runs import Run

    Array = NDArray[np.floating]

HEIGHT = lines.HEIGHT * 2 // 3
BESIDE = 80  # px right of the plot, for the lines' names
NAMES = ("with", "without")


def training_loss(clipped: Run, free: Run, *, lang: str, theme: Theme, cell: Cell = "rnn") -> Picture:
    """The loss of both runs at every step; the arguments are those of `clipping`."""
    every = [clipped.loss, free.loss]
    return Picture(
        key="training_loss",
        figure=_draw(clipped, free, cell, lang, theme),
        title=text("training_loss.title", lang),
        finding=_finding(clipped, free, lang),
        method=text("training_loss.method", lang),
        legend=Legend("<i>L</i>", None, marks=log_axis.legend(every, lang)),
        table=runs.table(dict(zip(_names(lang), (clipped.loss, free.loss), strict=True)), lang),
    )


def _draw(clipped: Run, free: Run, cell: Cell, lang: str, theme: Theme) -> go.Figure:
    axis = LogAxis.of([clipped.loss, free.loss])
    named = _names(lang)
    spoken = {"customdata": clipped.loss, "hovertemplate": f"{named[0]}: %{{customdata:.4~g}}<extra></extra>"}
    traces: list[Part] = [
        runs.free_line(free.loss, named[1], theme),
        lines.line(drawable(clipped.loss), theme.mark(cell), theme, DASHES[cell], SYMBOLS[cell][0])
        | spoken
        | {"name": named[0]},
        *axis.marks(clipped.loss, 0, theme.mark(cell), named[0], theme),
        *axis.marks(free.loss, 1, theme["muted"], named[1], theme),
    ]
    notes = _notes(axis, [(named[0], theme.text(cell), clipped.loss), (named[1], "muted", free.loss)], theme)
    layout = axis.layout(theme, HEIGHT, "<i>L</i>")
    count = max(len(clipped.loss), len(free.loss))
    return runs.draw(axis, layout, traces, notes, count, lang, theme, HEIGHT, BESIDE)


def _notes(axis: LogAxis, named: Sequence[tuple[str, str, Array]], theme: Theme) -> list[Part]:
    """Each line's name where it ends, pushed apart."""
    ends = [np.flatnonzero(np.isfinite(drawable(values))) for *_, values in named]
    there = [(row, int(end[-1])) for row, end in zip(named, ends, strict=True) if end.size]
    places = [float(np.log10(row[2][end])) for row, end in there]
    gap = (axis.high - axis.low) * theme.px(LABEL * 1.4) / theme.height(HEIGHT)
    return [
        theme.label(f"<b>{name}</b>", color, x=end + 1, y=place, xanchor="left", xshift=theme.px(8), yanchor="middle")
        for ((name, color, _), end), place in zip(there, lines.spread(places, gap, axis.low, axis.high), strict=True)
    ]


def _finding(clipped: Run, free: Run, lang: str) -> str:
    said = []
    for name, run in zip(_names(lang), (clipped, free), strict=True):
        step = run.lost_at
        at = {"name": name, "first": number(float(run.loss[0]))}
        if step is None:
            said.append(
                text("training_loss.learned", lang, steps=len(run.loss), last=number(float(run.loss[-1])), **at)
            )
        else:
            said.append(text("training_loss.ended", lang, step=step, last=number(float(run.loss[step - 1])), **at))
    return text("figures.join", lang, first=said[0], second=said[1])


def _names(lang: str) -> list[str]:
    return [text(f"training_loss.{name}", lang) for name in NAMES]
