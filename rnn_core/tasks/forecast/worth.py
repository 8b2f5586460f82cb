"""What forecasts are worth in the test part: how far each is off by how many steps ahead, and who is better."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from rnn_core.statistics.forecasts import Interval, mean_interval
from rnn_core.tasks.forecast import packaged
from rnn_core.tasks.forecast.baselines import Baseline, forecast_without
from rnn_core.tasks.forecast.spec import PARTS, TaskName
from rnn_core.tasks.forecast.split import AHEAD, Split, origins, prepare

if TYPE_CHECKING:
    from rnn_core.tasks.forecast.series import Series
    from rnn_core.tasks.forecast.split import Prepared


@dataclass(frozen=True, eq=False)
class Case:
    """One series, and where it is cut."""

    series: Series
    split: Split

    @cached_property
    def prepared(self) -> Prepared:
        """As a network reads it."""
        return prepare(self.series, self.split)

    @cached_property
    def without(self) -> Mapping[Baseline, Float[np.ndarray, "N K"]]:
        """What the baselines say of it; slow at first, since it needs scikit-learn."""
        return forecast_without(self.series, self.split)


@cache
def cases(task: TaskName) -> tuple[Case, ...]:
    """The series of a task: one of the weather, five of prices."""
    found = (packaged.weather(),) if task == "forecast" else tuple(packaged.prices().values())
    return tuple(Case(series, Split.at(series, *PARTS[task])) for series in found)


def misses(case: Case, said: Float[np.ndarray, "N K"], ahead: int) -> Float[np.ndarray, " M"]:
    """How far each forecast of the test part is off, so many steps ahead, in the units of the series."""
    step = origins(case.split, case.series, ahead)
    return np.asarray(np.abs(said[step, ahead - 1] - case.series.values[step + ahead]))


def mean_misses(pairs: Iterable[tuple[Case, Float[np.ndarray, "_ K"]]]) -> tuple[float, ...]:
    """The mean over all of them, for 1 … K steps ahead."""
    every = list(pairs)
    return tuple(
        float(np.concatenate([misses(case, said, ahead) for case, said in every]).mean())
        for ahead in range(1, AHEAD + 1)
    )


def gain(
    trios: Iterable[tuple[Case, Float[np.ndarray, "_ K"], Float[np.ndarray, "_ K"]]], ahead: int, block: int
) -> Interval:
    """By how much the first forecast is off less than the second, so many steps ahead; below 0 it is off more.

    Of several series, what each has at one time is averaged first: they rise and fall together.
    """
    rows = [misses(case, second, ahead) - misses(case, first, ahead) for case, first, second in trios]
    least = min(map(len, rows))
    return mean_interval(np.mean([row[-least:] for row in rows], axis=0), block)
