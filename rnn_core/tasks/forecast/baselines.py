"""What forecasts without a network: the value of today, of a year ago, of the calendar, and a linear regression."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from rnn_core.tasks.forecast.split import AHEAD, prepare

if TYPE_CHECKING:
    from rnn_core.tasks.forecast.series import Series
    from rnn_core.tasks.forecast.split import Prepared, Split

Baseline: TypeAlias = Literal["persistence", "last_year", "calendar", "ridge"]
BASELINES: tuple[Baseline, ...] = ("persistence", "last_year", "calendar", "ridge")
WINDOW = 14  # steps that the regression reads
HARMONICS = 2
PENALTIES = (1.0, 10.0, 100.0, 1000.0)  # of which the one is taken that is best in the part for the recipe
YEARS = 2  # so many must have been learned before a calendar can be made of them


def persistence(series: Series) -> Float[np.ndarray, "N K"]:
    """It stays as it is."""
    return np.repeat(series.values[:, None], AHEAD, axis=1)


def last_year(series: Series, split: Split) -> Float[np.ndarray, "N K"] | None:
    """As it was a year before; nan where the series had not begun.

    None where no whole number of steps is a year, or where a year before the test part there was nothing.
    """
    period = series.period
    if period is None or period > split.tested:
        return None
    found = np.full((len(series), AHEAD), np.nan)
    for ahead in range(1, AHEAD + 1):
        there = np.arange(max(period - ahead, 0), len(series))
        found[there, ahead - 1] = series.values[there + ahead - period]
    return found


def calendar(series: Series, split: Split) -> Float[np.ndarray, "N K"] | None:
    """The average of that time of the year, as two waves have it; None where too few years were learned."""
    period = series.period
    if period is None or split.checked < YEARS * period:
        return None
    season = series.season
    step = 2 * np.pi / period
    fitted, *_ = np.linalg.lstsq(_waves(season[: split.checked]), series.values[: split.checked])
    return np.stack([_waves(season + ahead * step) @ fitted for ahead in range(1, AHEAD + 1)], axis=1)


def _waves(season: Float[np.ndarray, " N"]) -> Float[np.ndarray, "N W"]:
    waves = [wave(k * season) for k in range(1, HARMONICS + 1) for wave in (np.sin, np.cos)]
    return np.stack([np.ones_like(season), *waves], axis=1)


def ridge(series: Series, split: Split) -> Float[np.ndarray, "N K"]:
    """Linear in what came in at the last `WINDOW` steps, with a penalty on its weights; nan before there are so many.

    Source: sklearn.linear_model.Ridge.
    """
    found = prepare(series, split)
    windows = np.lib.stride_tricks.sliding_window_view(found.inputs, WINDOW, axis=0)  # (N − W + 1, F, W)
    given = np.full((len(series), windows[0].size), np.nan)
    given[WINDOW - 1 :] = windows.reshape(len(windows), -1)
    columns = [_column(given, found, split, k) for k in range(AHEAD)]
    return series.values[:, None] + found.scale * np.stack(columns, axis=1)


def _column(given: Float[np.ndarray, "N W"], found: Prepared, split: Split, k: int) -> Float[np.ndarray, " N"]:
    """The change so many steps ahead, by the penalty that is best in the part for the recipe."""
    from sklearn.linear_model import Ridge  # slow to import, and only here

    there = np.isfinite(found.changes[:, k]) & np.isfinite(given).all(axis=1)
    step = np.arange(len(given))
    learned = there & (step + k + 1 < split.checked)
    checked = there & (step + k + 1 >= split.checked) & (step + k + 1 < split.tested)
    best, least = np.zeros(len(given)), np.inf
    readable = np.isfinite(given).all(axis=1)
    for penalty in PENALTIES:
        fitted = Ridge(alpha=penalty).fit(given[learned], found.changes[learned, k])
        said = np.full(len(given), np.nan)
        said[readable] = fitted.predict(given[readable])
        error = float(np.abs(said[checked] - found.changes[checked, k]).mean())
        if error < least:
            best, least = said, error
    return best


def forecast_without(series: Series, split: Split) -> Mapping[Baseline, Float[np.ndarray, "N K"]]:
    """What each of the baselines says 1 … `AHEAD` steps ahead, at every step; those that can say something."""
    said: dict[Baseline, Float[np.ndarray, "N K"] | None] = {
        "persistence": persistence(series),
        "last_year": last_year(series, split),
        "calendar": calendar(series, split),
        "ridge": ridge(series, split),
    }
    return {name: found for name in BASELINES if (found := said[name]) is not None}
