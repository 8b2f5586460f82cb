"""Dates at any distances, put on a grid of equal steps: what a step is, where steps are missing, and what is twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, Int

from rnn_core.tasks.forecast.series import Series, Unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAY = 86_400  # seconds
UNITS: tuple[tuple[Unit, int], ...] = (("week", 7 * DAY), ("day", DAY), ("hour", 3600), ("minute", 60), ("second", 1))
MONTH, YEAR = (28 * DAY, 31 * DAY), (365 * DAY, 366 * DAY)
MOST_GAPS = 1.0  # missing steps for each that is there


@dataclass(frozen=True)
class Step:
    """What one step is: so many of a unit."""

    unit: Unit
    every: int


@dataclass(frozen=True, eq=False)
class Placed:
    """A series on its grid, and what was done to bring it there.

    Attributes:
        series: without holes: the last value before one stands in it, as not known.
        gaps: how many steps had no value.
        moved: how many dates lay between two steps, and were moved to the nearer one.
        twice: how many values gave way to a later one of the same step.
    """

    series: Series
    gaps: int
    moved: int
    twice: int


def find_step(times: NDArray[np.datetime64]) -> Step:
    """The step that is commonest between dates in their order, all of them different.

    Example:
        >>> find_step(np.array(["2024-01-31", "2024-02-29", "2024-03-31"], dtype="datetime64[s]"))
        Step(unit='month', every=1)
    """
    seconds = np.diff(times.astype("datetime64[s]").astype(np.int64))
    middle = float(np.median(seconds))
    for unit, (low, high) in (("month", MONTH), ("year", YEAR)):
        if low <= middle <= high and unit_in((seconds >= low) & (seconds <= high)):
            return Step("month" if unit == "month" else "year", 1)
    kinds, counts = np.unique(seconds, return_counts=True)
    commonest = int(kinds[counts.argmax()])
    return next(Step(unit, commonest // size) for unit, size in UNITS if commonest % size == 0)


def unit_in(inside: NDArray[np.bool_]) -> bool:
    """Whether most steps are such ones."""
    return float(inside.mean()) > 0.5


def place(times: NDArray[np.datetime64], values: Float[np.ndarray, " R"]) -> Placed | None:
    """Put rows on their grid; None where more steps are missing than there are.

    Args:
        times: in their order, at least two different ones.
        values: one each.
    """
    step = find_step(np.unique(times))
    number, moved = _numbers(times, step)
    count = int(number[-1]) + 1
    there, last = np.unique(number[::-1], return_index=True)  # of equal numbers the last row
    if count > (1 + MOST_GAPS) * len(there):
        return None
    known = np.zeros(count, dtype=bool)
    known[there] = True
    filled = np.empty(count)
    filled[there] = values[::-1][last]
    filled = filled[np.maximum.accumulate(np.where(known, np.arange(count), 0))]
    series = Series(_times(times[0], count, step), filled, np.empty((count, 0)), known, step.unit, step.every)
    return Placed(series, count - len(there), moved, len(number) - len(there))


def _numbers(times: NDArray[np.datetime64], step: Step) -> tuple[Int[np.ndarray, " R"], int]:
    """Which step each row is, from 0, and how many lay between two."""
    if step.unit in ("month", "year"):
        unit = times.astype("datetime64[M]" if step.unit == "month" else "datetime64[Y]").astype(np.int64)
        return unit - unit[0], 0
    size = dict(UNITS)[step.unit] * step.every
    after = (times - times[0]).astype("timedelta64[s]").astype(np.int64)
    number = (after + size // 2) // size
    return number, int((number * size != after).sum())


def _times(first: np.datetime64, count: int, step: Step) -> NDArray[np.datetime64]:
    if step.unit in ("month", "year"):
        start = first.astype("datetime64[M]" if step.unit == "month" else "datetime64[Y]")
        return np.asarray((start + np.arange(count)).astype("datetime64[s]"))
    size = dict(UNITS)[step.unit] * step.every
    return np.asarray(first.astype("datetime64[s]") + np.arange(count) * size)
