"""A series: one number at each step of time, on a grid without holes, and when that was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Float

if TYPE_CHECKING:
    from numpy.typing import NDArray

Unit: TypeAlias = Literal["second", "minute", "hour", "day", "week", "month", "year"]
YEAR = 365.2425  # days
SECONDS = 86_400.0 * YEAR  # a year
PERIODS: dict[Unit, int] = {"hour": 24 * 365, "day": 365, "week": 52, "month": 12}
"""After how many steps a year is over, where a step goes into one."""


@dataclass(frozen=True, eq=False)
class Series:
    """N steps.

    Attributes:
        times: when each of them is.
        values: what is to be forecast.
        beside: D other numbers that are known at each step; none where there are none.
        known: whether the value was measured; where not, the last one before it stands.
        unit: what a step is a number of.
        every: of how many of them.
        relative: whether only its changes say something, as with a price, and not how high it stands.
    """

    times: NDArray[np.datetime64]
    values: Float[np.ndarray, " N"]
    beside: Float[np.ndarray, "N D"]
    known: Bool[np.ndarray, " N"]
    unit: Unit = "day"
    every: int = 1
    relative: bool = False

    def __post_init__(self) -> None:
        for array in (self.times, self.values, self.beside, self.known):
            array.flags.writeable = False

    def __len__(self) -> int:
        """N."""
        return len(self.values)

    @property
    def period(self) -> int | None:
        """After how many steps the same time of the year comes again; None where no whole number of steps is a year."""
        return PERIODS.get(self.unit) if self.every == 1 else None

    @property
    def season(self) -> Float[np.ndarray, " N"]:
        """Where in the year each step is, as an angle, 0 at its beginning."""
        return season_of(self.times)

    def last(self, steps: int) -> Series:
        """Only its last steps."""
        kept = slice(-steps, None)
        times, values = self.times[kept].copy(), self.values[kept].copy()
        return replace(self, times=times, values=values, beside=self.beside[kept].copy(), known=self.known[kept].copy())

    def altered(self, start: int, by: float = 1000.0) -> Series:
        """The same with all values from `start` on moved, and all that is known beside them."""
        values, beside = self.values.copy(), self.beside.copy()
        values[start:] += by
        beside[start:] += by
        return replace(self, values=values, beside=beside)


def season_of(times: NDArray[np.datetime64]) -> Float[np.ndarray, " N"]:
    """Where in the year each time is, as an angle.

    Example:
        >>> season_of(np.array(["2015-01-01", "2015-07-02T15:00"], dtype="datetime64[s]")).round(2).tolist()
        [0.0, 3.14]
    """
    seconds = (times - times.astype("datetime64[Y]")).astype("timedelta64[s]").astype(np.float64)
    return np.asarray(2 * np.pi * seconds / SECONDS)
