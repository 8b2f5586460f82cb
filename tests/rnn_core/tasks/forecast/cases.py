"""Series made by hand."""

from __future__ import annotations

import numpy as np

from rnn_core.tasks.forecast.series import Series


def days(values: np.ndarray, start: str = "2012-01-01") -> Series:
    """A value a day."""
    count = len(values)
    times = (np.datetime64(start) + np.arange(count)).astype("datetime64[s]")
    return Series(times, np.array(values, dtype=float), np.empty((count, 0)), np.ones(count, dtype=bool))


def wave(count: int = 400, seed: int = 0) -> Series:
    """A year's wave with noise."""
    noise = np.random.default_rng(seed).normal(size=count)
    return days(10 + 8 * np.sin(2 * np.pi * np.arange(count) / 365.2425) + noise)
