"""How a gradient shrinks or grows on its way back from a loss: its rate a step, and how far back it reaches.

`norms` is what a `GradientTrace` gives, (T,) from the first step to the last, and `at` is the step (0-based) at which
the loss reads the state. The lag of a step is how many steps before `at` it lies. Nothing after `at` counts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.recurrent.directions import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]

LITTLE, MOST = 0.01, 0.9  # what counts as having faded, and as nearly all


def by_lag(norms: Array, at: int) -> Float64:
    """The norms in the order in which the error meets them: at the loss first, (at + 1,).

    Raises:
        KiokuError: there is no step `at`.

    Example:
        >>> by_lag(np.array([0.1, 0.5, 1.0, 0.0]), 2)
        array([1. , 0.5, 0.1])
    """
    found: Float64 = norms[: within("at", at, len(norms)) + 1][::-1].astype(np.float64)
    return found


def rate(norms: Array, at: int) -> float | None:
    """The factor a step further from the loss: e to the slope of the line that fits the logarithms by lag best.

    0, ∞ and NaN have no place on that line and are left out. None where fewer than two norms are left.

    Raises:
        KiokuError: there is no step `at`.

    Example:
        >>> round(rate(np.array([0.0, 0.125, 0.25, 0.5]), 3), 12)
        0.5
    """
    way = by_lag(norms, at)
    lags = np.flatnonzero((way > 0) & np.isfinite(way))
    if len(lags) < 2:
        return None
    logs, centred = np.log(way[lags]), lags - lags.mean()
    with np.errstate(over="ignore"):
        return float(np.exp((centred * logs).sum() / (centred * centred).sum()))


def reach(norms: Array, at: int, share: float = LITTLE) -> float | None:
    """How many steps back the norm first is below `share` of what it is at the loss.

    Between two steps it is taken to fall evenly in the logarithm; where it falls to exactly 0, or to something below
    from what is not finite, the step itself counts. None where it never falls so far, and where the norm at the loss
    is 0 or not finite.

    Raises:
        KiokuError: there is no step `at`.

    Example:
        >>> reach(np.array([0.001, 0.1, 1.0]), 2), reach(np.array([0.5, 1.0]), 1)
        (1.5, None)
    """
    way = by_lag(norms, at)
    if not (way[0] > 0 and np.isfinite(way[0])):
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(way) - np.log(way[0])
    limit = math.log(share)
    fallen = np.flatnonzero(logs < limit)
    if not fallen.size:
        return None
    lag = int(fallen[0])
    before, after = float(logs[lag - 1]), float(logs[lag])
    if not (math.isfinite(before) and math.isfinite(after)):
        return float(lag)
    return lag - 1 + (before - limit) / (before - after)


def nearest(sizes: Array, at: int, share: float = MOST) -> int | None:
    """How many steps, counted back from `at`, hold `share` of the sum of all sizes up to `at`.

    None where the sum is 0 or not finite.

    Raises:
        KiokuError: there is no step `at`.

    Example:
        >>> nearest(np.array([0.05, 0.05, 0.3, 0.6]), 3)
        2
    """
    way = by_lag(sizes, at)
    largest = way.max()
    if not (largest > 0 and np.isfinite(largest)):
        return None
    sums = np.cumsum(way / largest)
    return int(np.argmax(sums >= share * sums[-1] * (1 - 1e-12))) + 1  # a sum may miss the share by its rounding
