"""A training as maps: how far back its gradient reaches at every update, and the states at one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_core.figures.captions import number
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rnn_core.figures.drawn import Drawn
    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Scale
    from rnn_core.training.lab.record import Record

    Array = NDArray[np.floating]

HEIGHT = 288
DECADES = (-8.0, 0.0)  # of the gradient's norms, the same for every run
SIZE: Scale = "size"
SIGNED: Scale = "signed"


def run_reach(record: Record, *, lang: str, theme: Theme) -> Picture:
    """‖∂L/∂h_t‖ at every position, from update to update."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.maximum(np.log10(record.norms), DECADES[0])
    shown = np.where(np.isfinite(size), size, np.nan).astype(np.float32).T
    known = [(int(step), back) for step, back in zip(record.steps, record.kept_back, strict=True) if back is not None]
    finding = (
        text("run_maps.reach.finding", lang, first=known[0][1], last=known[-1][1], step=f"{known[-1][0]:,}")
        if known
        else text("run_maps.reach.none", lang)
    )
    cells = _map(shown, record.norms.T, record.steps, DECADES, SIZE, theme)
    symbol = "‖∂<i>L</i>/∂<i>h</i><sub>t</sub>‖"
    steps, positions = np.meshgrid(record.steps, np.arange(1, record.norms.shape[1] + 1), indexing="ij")
    return Picture(
        key="gradient_reach",
        figure=_draw(cells, text("runs.step", lang), text("run_maps.position", lang), theme),
        title=text("run_maps.reach.title", lang),
        finding=finding,
        method=text("run_maps.reach.method", lang),
        legend=Legend(symbol, SIZE, "≤ 10⁻⁸", "1"),
        table={
            text("runs.step", lang): steps.ravel(),
            text("run_maps.position", lang): positions.ravel(),
            text("run_maps.norm", lang): record.norms.ravel(),
        },
    )


def run_states(record: Record, at: int, *, lang: str, theme: Theme) -> Picture:
    """The states on the example at snapshot number `at`, 0-based: a column a position, a row a unit."""
    states = record.states[at]
    limit = float(max(1.0, np.nanmax(np.abs(states), initial=0.0))) if record.spec.activation == "relu" else 1.0
    step = int(record.snapshots[at])
    cells = _map(states.T, states.T, np.arange(1, len(states) + 1), (-limit, limit), SIGNED, theme)
    largest = np.unravel_index(int(np.nanargmax(np.abs(states))), states.shape)
    names = (text("run_maps.position", lang), text("run_maps.unit", lang))
    positions, units = np.meshgrid(np.arange(1, states.shape[0] + 1), np.arange(1, states.shape[1] + 1), indexing="ij")
    return Picture(
        key="states_training",
        figure=_draw(cells, *names, theme),
        title=text("run_maps.states.title", lang),
        finding=text(
            "run_maps.states.finding",
            lang,
            step=f"{step:,}",
            value=number(float(states[largest])),
            unit=int(largest[1]) + 1,
            position=int(largest[0]) + 1,
        ),
        method=text("run_maps.states.method", lang),
        legend=Legend("<i>h</i><sub>t</sub>", SIGNED, number(-limit), number(limit)),
        table={names[0]: positions.ravel(), names[1]: units.ravel(), "h": states.ravel()},
    )


def _map(
    shown: Array, raw: Array, across: NDArray[np.integer], ends: tuple[float, float], scale: Scale, theme: Theme
) -> Part:
    return {
        "type": "heatmap",
        "z": shown,
        "customdata": raw,
        "x": across,
        "y": np.arange(1, len(shown) + 1, dtype=np.int16),
        "zmin": ends[0],
        "zmax": ends[1],
        "colorscale": theme.colorscale(scale),
        "showscale": False,
        "hovertemplate": "%{x}, %{y}<br>%{customdata:.3~g}<extra></extra>",
    }


def _around(places: Any) -> list[float]:
    """From half a cell before the first to half a cell after the last."""
    wide = float(places[1] - places[0]) if len(places) > 1 else 1.0
    return [float(places[0]) - wide / 2, float(places[-1]) + wide / 2]


def _draw(cells: Part, across: str, down: str, theme: Theme) -> Drawn:
    above, below = theme.px(8), theme.px(LABEL * 4)
    return theme.draw(
        theme.height(HEIGHT) + above + below,
        [cells],
        margin={"l": theme.px(8), "r": theme.px(16), "t": above, "b": below},
        xaxis={"title": {"text": across}, "range": _around(cells["x"]), "nticks": 7},
        yaxis={"title": {"text": down}, "range": _around(cells["y"])[::-1], "nticks": 6},
    )
