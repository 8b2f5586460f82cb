"""A month of a series as one drawing: what was measured, the fan for the days to come, what came, and the states."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from babel.dates import format_skeleton

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, placed, resting, telling
from pages._ui.memo import memoized
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages._ui.components.packing import JSON
    from rnn_core.models.forecast import Forecast
    from rnn_core.quantities import Recurrent
    from rnn_core.tasks.forecast.series import Series
    from rnn_core.tasks.forecast.split import Split

LABELS = (
    *("title", "back", "next", "scrub", "step", "next_day", "later", "was_inside", "was_outside", "value"),
    *("learned", "checked", "tested", "measured", "middle", "half", "most", "came", "outside"),
)
BEFORE = 14  # days that stand before the first today
PLACES = 1  # decimals of a number in the finding

_render = component("forecast_days", "forecast")


@dataclass(frozen=True, eq=False)
class Month:
    """Which days can be today, and what a network says on each.

    Attributes:
        series, split: all of it, and its parts.
        said: what the network forecasts after each step.
        cell: what it is made of.
        first: the step of the first today.
        count: how many there are; after each, all that is forecast is known.
        unit: of the values, as a sentence has it.
    """

    series: Series
    split: Split
    said: Forecast
    cell: Recurrent
    first: int
    count: int
    unit: str


def forecast_days(
    lang: str,
    month: Month,
    *,
    step: int | None = None,
    key: str = "forecast_days",
    on_step_change: Callable[[int], None] | None = None,
) -> None:
    """Draw the month.

    Args:
        lang: "ja" or "en".
        month: what is drawn.
        step: the day at which the drawing opens, 1-based; None for the one in the middle.
        key: the widget's key.
        on_step_change: called with the day on which the reader rests, before the page runs again.
    """
    of, bounds = packing.digest(month.cell, month.first, month.count), Bounds(month.count)
    wanted = Spot(1 + month.count // 2 if step is None else min(max(step, 1), month.count))
    _render(
        key=key,
        data=memoized(drawing, lang, month) | placed(key, of, wanted, bounds),
        default={"spot": None},
        on_spot_change=telling(on_step_change, partial(resting, key, of, bounds)),
    )


def drawing(lang: str, month: Month) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    ahead, quantiles = month.said.fan.shape[1:]
    start = month.first - BEFORE
    shown = slice(start, month.first + month.count + ahead - 1)
    todays = slice(month.first, month.first + month.count)
    values, fan = month.series.values[shown], month.said.fan[todays]
    labels = packing.labels(lang, {name: f"forecast_days.{name}" for name in LABELS})
    return {
        "cell": month.cell,
        "dates": [format_skeleton("MMMd", day.astype(object), locale=lang) for day in month.series.times[shown]],
        "unit": month.unit,
        "digits": PLACES,
        "low": float(min(values.min(), fan.min())),
        "high": float(max(values.max(), fan.max())),
        "before": BEFORE,
        "count": month.count,
        "ahead": ahead,
        "quantiles": quantiles,
        "values": packing.packed(values),
        "fan": packing.packed(fan),
        "whole": {
            "values": packing.packed(month.series.values),
            "checked": month.split.checked,
            "tested": month.split.tested,
            "first": month.first,
        },
        "units": month.said.states[QUANTITIES.state(month.cell).key].shape[1],
        "strips": _strips(lang, month, shown),
        "text": labels,
    }


def _strips(lang: str, month: Month, shown: slice) -> list[JSON]:
    """The state of the cell, and its gates."""
    state = QUANTITIES.state(month.cell)
    rows = [state, *(row for row in QUANTITIES.of(month.cell) if row.gate)]
    found: list[JSON] = []
    for row in rows:
        values = month.said.states[row.key][shown]
        ends = row.limits({row.key: np.asarray(values)})
        found.append(packing.row(lang, row, month.cell, ends, values) | {"values": packing.packed(values)})
    return found
