"""The same training twice, with its gradients clipped and without: the norm of its gradients, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from rnn_core.figures import lines, log_axis, runs
from rnn_core.figures.captions import number
from rnn_core.figures.log_axis import LogAxis, drawable
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell
    from rnn_core.runs import Run

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]
    Clip = Literal["norm", "value"]

NORM = "‖∂<i>L</i>/∂<i>θ</i>‖"
BESIDE = 72  # px right of the plot, for the limit's name
MANY = 100  # steps beyond which signs are small


def clipping(
    clipped: Run, free: Run, threshold: float, *, lang: str, theme: Theme, clip: Clip = "norm", cell: Cell = "rnn"
) -> Picture:
    """The gradients' norm before and after clipping, and in the run without it.

    Args:
        clipped, free: the runs with and without clipping.
        threshold: the limit.
        lang: the reader's language.
        theme: light or dark, and how large.
        clip: whether the limit is that of the norm, a line in the drawing, or that of each number, which has no place.
        cell: what was trained, for the colour.
    """
    every = [clipped.before, free.before]
    columns = {"before": clipped.before, "after": clipped.after, "free": free.before}
    legend = [
        Mark("○", text("clipping.before", lang), theme.text(cell)),
        Mark("●", text("clipping.after", lang), theme.text(cell)),
        Mark("─", text("clipping.free", lang), theme["muted"]),
    ]
    return Picture(
        key="clipping",
        figure=_draw_norms(clipped, free, threshold if clip == "norm" else None, cell, lang, theme),
        title=text("clipping.title", lang),
        finding=_finding(clipped, free, threshold, clip, lang),
        method=text(f"clipping.method_{clip}", lang, threshold=f"{threshold:g}"),
        legend=Legend(NORM, None, marks=(*legend, *log_axis.legend(every, lang))),
        table=runs.table({text(f"clipping.{name}", lang): values for name, values in columns.items()}, lang),
    )


def _draw_norms(clipped: Run, free: Run, limit: float | None, cell: Cell, lang: str, theme: Theme) -> go.Figure:
    before, color = clipped.before, theme.mark(cell)
    steps = np.arange(1, len(before) + 1, dtype=np.int32)
    after = np.where(np.isfinite(before), clipped.after, np.nan)
    known = [before, after[np.isfinite(after)], free.before, np.array([] if limit is None else [limit])]
    axis = LogAxis.of(known, rows=2)
    cut = np.isfinite(before) & (before > after)
    stems = np.stack([before[cut], after[cut], np.full(cut.sum(), np.nan)], axis=1).ravel()
    size = 7.0 if len(before) <= MANY else 4.0
    names = [text(f"clipping.{name}", lang) for name in ("before", "after", "free")]
    dots = theme.dot(color, size, "circle-open", width=1.5), theme.dot(color, size - 1, width=0)
    traces: list[Part] = [
        runs.free_line(free.before, names[2], theme),
        _stems(np.repeat(steps[cut], 3), stems, color, theme),
        _marked(drawable(before), before, names[0], dots[0]),
        _marked(drawable(after), clipped.after, names[1], dots[1]),
        *axis.marks(before, 0, color, names[0], theme),
        *axis.marks(free.before, 1, theme["muted"], names[2], theme),
    ]
    layout, steps_at_most = axis.layout(theme, lines.HEIGHT, NORM), max(len(before), len(free.before))
    notes: list[Part] = []
    if limit is not None:
        notes, layout["shapes"] = _threshold(limit, lang, theme, layout["shapes"])
    return runs.draw(axis, layout, traces, notes, steps_at_most, lang, theme, lines.HEIGHT, BESIDE)


def _stems(x: Array, y: Float64, color: str, theme: Theme) -> Part:
    """What was cut away, from before to after."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "name": "cut",
        "opacity": 0.35,
        "line": theme.stroke(color, 2),
        "hoverinfo": "skip",
    }


def _marked(shown: Array, values: Array, name: str, marker: Part) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.arange(1, len(values) + 1, dtype=np.int32),
        "y": shown,
        "customdata": values,
        "name": name,
        "marker": marker,
        "hovertemplate": f"{name}: %{{customdata:.4~g}}<extra></extra>",
    }


def _threshold(limit: float, lang: str, theme: Theme, shelves: object) -> tuple[list[Part], list[Part]]:
    """The limit's name and its line."""
    assert isinstance(shelves, list)
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": limit, "y1": limit}
    label = text("clipping.limit", lang, limit=f"{limit:g}")
    at = float(np.log10(limit))
    note = theme.label(label, x=1, xref="paper", xanchor="left", xshift=theme.px(6), y=at, yanchor="middle")
    return [note], [*shelves, line | {"line": theme.stroke(theme["ink"], 1.5, "dash")}]


def _finding(clipped: Run, free: Run, threshold: float, clip: Clip, lang: str) -> str:
    cut = int((np.isfinite(clipped.before) & (clipped.before > clipped.after)).sum())
    kept = {"cut": cut, "steps": len(clipped.before), "threshold": f"{threshold:g}"}
    held = text(f"clipping.cut_{clip}", lang, **kept)
    if (step := clipped.lost_at) is not None:
        ended = text("clipping.lost_too", lang, step=step, value=_lost(clipped, step))
    else:
        ended = text("clipping.goes_on", lang)
    return text("figures.join", lang, first=_free_said(free, lang), second=held + ended)


def _free_said(free: Run, lang: str) -> str:
    if (step := free.lost_at) is not None:
        return text("clipping.lost", lang, step=step, value=_lost(free, step))
    return text("clipping.finite", lang, most=number(float(free.before.max())))


def _lost(run: Run, step: int) -> str:
    """The gradient's norm at the step at which a run was lost, or the loss where that is what was lost."""
    norm, loss = float(run.before[step - 1]), float(run.loss[step - 1])
    return number(loss if np.isfinite(norm) else norm)
