"""How a gradient shrinks or grows on its way back from a loss: what of it is left, and how far back it reaches.

`norms` is what a `GradientTrace` gives, (T,) from the first step to the last, and `at` is the step (0-based) at which
the loss reads the state. The lag of a step is how many steps before `at` it lies. Nothing after `at` counts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from rnn_core.recurrent.directions import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]

Verdict: TypeAlias = Literal["right", "near", "wrong"]

LITTLE, MOST = 0.01, 0.9  # what counts as having faded, and as nearly all
NEAR = 2  # notches beside the right one


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


def shares(norms: Array, at: int) -> Float64:
    """What of the norm at the loss there is at each step, (T,): 1 at the loss. As given where it is 0 or not finite.

    Raises:
        KiokuError: there is no step `at`.

    Example:
        >>> shares(np.array([0.5, 2.0, 0.0]), 1)
        array([0.25, 1.  , 0.  ])
    """
    at_loss = float(by_lag(norms, at)[0])
    whole = np.asarray(norms, np.float64)
    if not (at_loss > 0 and np.isfinite(at_loss)):
        return whole.copy()
    with np.errstate(over="ignore"):
        found: Float64 = whole / at_loss
    return found


def reach(norms: Array, at: int, share: float = LITTLE) -> float | None:
    """How many steps back there still is `share` of the norm at the loss: where the norm falls below it for good.

    Between two steps it is taken to fall evenly in the logarithm; where it falls to exactly 0, or to something below
    from what is not finite, the step itself counts. None where there is that much at the first step too, and where the
    norm at the loss is 0 or not finite.

    Raises:
        KiokuError: there is no step `at`.

    Example:
        >>> reach(np.array([0.001, 0.1, 1.0]), 2), reach(np.array([0.5, 1.0]), 1), reach(np.array([0.5, 0.001, 1.0]), 2)
        (1.5, None, None)
    """
    way = by_lag(norms, at)
    if not (way[0] > 0 and np.isfinite(way[0])):
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(way) - np.log(way[0])
    limit = math.log(share)
    lag = int(np.flatnonzero(~(logs < limit))[-1]) + 1  # the first step of those at which it has fallen for good
    if lag == len(way):
        return None
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


def judge(left: float, guess: float, ends: tuple[float, float], notch: float) -> Verdict:
    """How near a guessed share is to the measured one, on an axis of powers of ten that has `notch` decades a notch.

    "right" is what lies within half a notch of the measured share, so that there always is one; "near" are two notches
    more at either side. A share beyond an end of the axis, 0 and ∞ too, is judged as that end.

    Args:
        left, guess: log₁₀ of what of the gradient at the loss is left, measured and guessed.
        ends: the least and the greatest exponent of 10 that can be drawn.
        notch: decades from one to the next.

    Example:
        >>> [judge(-26.2, guess, (-36, 12), 2.0) for guess in (-26, -30, 0)], judge(-math.inf, -36, (-36, 12), 2.0)
        (['right', 'near', 'wrong'], 'right')
    """
    real, said = np.clip([left, guess], *ends)
    notches = abs(real - said) / notch - 1e-9
    if notches <= 0.5:
        return "right"
    return "near" if notches <= 0.5 + NEAR else "wrong"
