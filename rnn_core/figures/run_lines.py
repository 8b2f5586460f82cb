"""A training from update to update: its loss, and its gradient before clipping and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_core.figures import lines, log_axis
from rnn_core.figures.captions import number
from rnn_core.figures.log_axis import LogAxis, drawable
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from rnn_core.figures.drawn import Drawn
    from rnn_core.figures.theme import Part, Theme
    from rnn_core.training.lab.record import Record

    Array = NDArray[np.floating]

HEIGHT = lines.HEIGHT * 2 // 3


def run_loss(record: Record, baseline: float, goal: float, *, lang: str, theme: Theme) -> Picture:
    """The loss of a run on what it learns from and on what it doesn't; `baseline` and `goal` are the task's."""
    named = {
        text(f"run_lines.{name}", lang): values for name, values in (("test", record.loss), ("train", record.train))
    }
    levels = {"baseline": baseline, "goal": goal}
    said = "solved" if record.solved is not None else "unsolved"
    finding = text(
        f"run_lines.loss.{said}",
        lang,
        step=f"{record.solved or 0:,}",
        last=number(float(record.loss[-1])),
        baseline=number(baseline),
        goal=number(goal),
    )
    return Picture(
        key="training_loss",
        figure=_draw(record, named, levels, "<i>L</i>", lang, theme),
        title=text("run_lines.loss.title", lang),
        finding=finding,
        method=text("run_lines.loss.method", lang),
        legend=_legend("<i>L</i>", named, levels, lang),
        table=_table(record, named, lang),
    )


def run_norms(record: Record, *, lang: str, theme: Theme) -> Picture:
    """The largest gradient norms of a run between its points, before clipping and after."""
    pairs = (("before", record.before), ("after", record.after))
    named = {text(f"run_lines.{name}", lang): values for name, values in pairs}
    clip = record.spec.clip
    levels: Mapping[str, float] = {} if clip is None else {"limit": clip}
    most = np.nanmax(record.before, initial=0.0)
    cut = int(np.sum(record.before > clip)) if clip is not None else 0
    finding = text(
        "run_lines.norm.clipped" if clip is not None else "run_lines.norm.free",
        lang,
        most=number(float(most)),
        clip=number(clip or 0.0),
        cut=cut,
        points=len(record.steps) - 1,
    )
    symbol = "‖∂<i>L</i>/∂<i>θ</i>‖"
    return Picture(
        key="gradient_norm",
        figure=_draw(record, named, levels, symbol, lang, theme),
        title=text("run_lines.norm.title", lang),
        finding=finding,
        method=text("run_lines.norm.method", lang),
        legend=_legend(symbol, named, levels, lang),
        table=_table(record, named, lang),
    )


def _draw(
    record: Record, named: Mapping[str, Array], levels: Mapping[str, float], symbol: str, lang: str, theme: Theme
) -> Drawn:
    axis = LogAxis.of([values[1:] for values in named.values()] + [np.array(list(levels.values()))], rows=2)
    colors = (theme.mark(record.spec.cell), theme["muted"])
    traces: list[Part] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": record.steps,
            "y": drawable(values),
            "customdata": values,
            "line": theme.stroke(color, width, dash),
            "hovertemplate": f"{name}: %{{customdata:.4~g}}<extra></extra>",
        }
        for (name, values), color, width, dash in zip(named.items(), colors, (2.5, 1.5), ("solid", "dot"), strict=True)
    ]
    layout = axis.layout(theme, HEIGHT, symbol)
    shelves: Any = layout["shapes"]
    layout["shapes"] = [*shelves, *(_level(value, theme) for value in levels.values())]
    notes = [_note(text(f"run_lines.{name}", lang), value, theme) for name, value in levels.items()]
    above, below = theme.px(8), theme.px(LABEL * 4)
    return theme.draw(
        axis.height(theme, HEIGHT) + above + below,
        traces,
        margin={"l": theme.px(8), "r": theme.px(16), "t": above, "b": below},
        hovermode="x unified",
        annotations=notes,
        xaxis={
            "title": {"text": text("runs.step", lang)},
            "range": [0, record.spec.steps],
            "anchor": axis.foot,
            "nticks": 7,
        },
        **layout,
    )


def _note(said: str, value: float, theme: Theme) -> Part:
    where = {"x": 1, "xref": "paper", "y": float(np.log10(value)), "xanchor": "right", "yanchor": "bottom"}
    return theme.label(said, "muted", **where)


def _level(value: float, theme: Theme) -> Part:
    place = {"x0": 0, "x1": 1, "xref": "paper", "y0": value, "y1": value}
    return {"type": "line", **place, "line": theme.stroke(theme["muted"], 1.5, "dash")}


def _legend(symbol: str, named: Mapping[str, Array], levels: Mapping[str, float], lang: str) -> Legend:
    names = list(named)
    marks = [Mark("━", names[0]), Mark("┄", names[1]), *(Mark("╌", text(f"run_lines.{name}", lang)) for name in levels)]
    return Legend(symbol, None, marks=(*marks, *log_axis.legend([values[1:] for values in named.values()], lang)))


def _table(record: Record, named: Mapping[str, Array], lang: str) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    return {text("runs.step", lang): record.steps, **named}
