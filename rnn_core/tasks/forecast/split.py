"""Three parts of a series, one after the other in time, and what may be learned from the first.

A forecaster must not know the future. What it reads at a step is made from the series up to that step; its scale is
that of the part to learn from; and no value that it learns to forecast lies beyond that part. `find_leaks` checks all
of it by moving the future and looking whether anything else moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, Int

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rnn_core.tasks.forecast.series import Series

AHEAD = 7  # K: so many steps ahead are forecast
LEAST = 1e-9  # a scale that is smaller is none: what never changes stays 0
MOST = 5.0  # spreads from the mean: what lies farther comes in as if it were so far


@dataclass(frozen=True)
class Split:
    """Where a series is cut, by steps: what comes before `checked` is learned, from `tested` on is the test.

    Between both lies what decides on the recipe.

    Example:
        >>> Split.shares(100)
        Split(checked=60, tested=80)
    """

    checked: int
    tested: int

    @classmethod
    def at(cls, series: Series, checked: str, tested: str) -> Split:
        """Cut where these days begin."""
        return cls(*(int(np.searchsorted(series.times, np.datetime64(day))) for day in (checked, tested)))

    @classmethod
    def shares(cls, steps: int) -> Split:
        """Three fifths to learn from, a fifth each for the recipe and the test."""
        return cls(steps * 3 // 5, steps * 4 // 5)


@dataclass(frozen=True, eq=False)
class Prepared:
    """A series as a network reads it.

    Attributes:
        inputs: what comes in at each step, in units of the spread of the part to learn from.
        changes: from the value at each step to those 1 … `AHEAD` steps later, in units of `scale`; nan where there is
            none, or where it was not measured.
        scale: the spread of the change from one step to the next, in the part to learn from.
        spread: that of what comes in first.
    """

    inputs: Float[np.ndarray, "N F"]
    changes: Float[np.ndarray, "N K"]
    scale: float
    spread: float


def prepare(series: Series, split: Split) -> Prepared:
    """The value (of a price its last change), what is known beside it, and the time of the year; and what follows."""
    season, steps = series.season, np.diff(series.values, prepend=series.values[:1])
    numbers = np.column_stack([steps if series.relative else series.values, series.beside])
    part = numbers[: split.checked]
    spreads = np.maximum(part.std(axis=0), LEAST)
    scaled = np.clip((numbers - part.mean(axis=0)) / spreads, -MOST, MOST)
    scale = max(float(np.sqrt(np.mean(steps[: split.checked] ** 2))), LEAST)
    inputs = np.column_stack([scaled, np.sin(season), np.cos(season)])
    return Prepared(inputs, _changes(series) / scale, scale, float(spreads[0]))


def _changes(series: Series) -> Float[np.ndarray, "N K"]:
    found = np.full((len(series), AHEAD), np.nan)
    for ahead in range(1, AHEAD + 1):
        there = series.known[ahead:] & series.known[:-ahead]
        later, now = series.values[ahead:], series.values[:-ahead]
        found[: len(series) - ahead, ahead - 1] = np.where(there, later - now, np.nan)
    return found


def starts(split: Split, length: int, apart: int) -> Int[np.ndarray, " S"]:
    """Where the stretches of so many steps begin that are learned, all that is forecast in them included."""
    return np.arange(0, split.checked - AHEAD - length + 1, apart)


def origins(split: Split, series: Series, ahead: int) -> NDArray[np.intp]:
    """From which steps the values of the test part are forecast so far ahead, where these were measured."""
    found = np.arange(split.tested - ahead, len(series) - ahead)
    return np.asarray(found[series.known[found] & series.known[found + ahead]])


def find_leaks(
    series: Series, split: Split, make: Callable[[Series, Split], Prepared] = prepare, looks: int = 8
) -> tuple[int, ...]:
    """The steps from which on the future was moved, and something before it moved too; () where there is no leak.

    Args:
        series: is left as it is.
        split: its parts.
        make: what prepares it.
        looks: at how many steps of the recipe's and the test part this is tried, beside where they begin.
    """
    whole = make(series, split)
    tried = np.unique([split.checked, split.tested, *np.linspace(split.checked, len(series) - 1, looks).astype(int)])
    return tuple(step for step in tried.tolist() if not _same_before(step, whole, make(series.altered(step), split)))


def _same_before(step: int, one: Prepared, other: Prepared) -> bool:
    """Whether up to a step both are bit for bit the same, but for what was to be forecast from there on."""
    past = [slice(0, max(step - ahead, 0)) for ahead in range(1, AHEAD + 1)]
    targets = all(
        np.array_equal(one.changes[part, k], other.changes[part, k], equal_nan=True) for k, part in enumerate(past)
    )
    return (
        (one.scale, one.spread) == (other.scale, other.spread)
        and targets
        and np.array_equal(one.inputs[:step], other.inputs[:step])
    )
