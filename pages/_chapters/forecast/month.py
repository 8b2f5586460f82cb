"""The month that is drawn, and which day of it is today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pages._chapters.forecast import computed
from pages._ui import controls, pin, stage
from pages._ui.components.forecast_days import Month, forecast_days
from pages._ui.contrasts import Contrast
from rnn_core.quantities import CELLS
from rnn_core.tasks.forecast.spec import ForecastSpec
from rnn_core.tasks.forecast.split import AHEAD

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.quantities import Recurrent
    from rnn_core.tasks.forecast.worth import Case

CONTRASTS = (
    Contrast("heat", {"month": 7, "t": 1}),
    Contrast("storm", {"month": 11, "t": 20}),
    Contrast("calm", {"month": 8, "t": 12}),
)


def cell(view: View) -> Recurrent:
    """What the network is made of."""
    return next(one for one in CELLS if one == view.state["cell"])


def days(case: Case, month: int) -> tuple[int, int]:
    """The steps of a month of the test year that can be today: the first, and how many there are."""
    times = case.series.times[: len(case.series) - AHEAD]
    inside = (times.astype("datetime64[M]").astype(int) % 12 == month - 1) & (
        np.arange(len(times)) >= case.split.tested
    )
    steps = np.flatnonzero(inside)
    return int(steps[0]), len(steps)


def today(view: View, case: Case) -> int:
    """The step that is chosen, 0-based; the middle of the month where the address names none, or none of that month."""
    first, count = days(case, view.whole("month", 1))
    asked = view.state["t"]
    if isinstance(asked, int) and asked > count:
        pin.beyond(view, "forecast.note.no_day", asked, count)
        asked = None
    return first + (asked - 1 if isinstance(asked, int) else count // 2)


def draw(view: View) -> int:
    """Draw the month; the step that is chosen."""
    case, spec = computed.weather(), ForecastSpec(cell=cell(view))
    first, count = days(case, view.whole("month", 1))
    step = today(view, case)
    with stage.drawing(view):
        forecast_days(
            view.lang,
            Month(case.series, case.split, computed.said(spec, case), spec.cell, first, count, computed.DEGREES),
            step=step - first + 1,
            key=view.key("forecast_days"),
            on_step_change=controls.rest,
        )
    return step
