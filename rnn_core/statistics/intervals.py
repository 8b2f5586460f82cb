"""How sure a counted share is: Wilson's interval.

`scipy.stats` has it too, as the tests compare, but the import alone takes a second that the first screen would wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]

Z = 1.959963984540054  # of 95 %


def shares(right: Sequence[int], total: Sequence[int]) -> Float64:
    """The shares of what was right, nan where nothing was counted.

    Example:
        >>> shares([3, 0], [4, 0])
        array([0.75,  nan])
    """
    counted = np.asarray(total, np.float64)
    found: Float64 = np.divide(right, counted, out=np.full(counted.shape, np.nan), where=counted > 0)
    return found


def wilson(right: Sequence[int], total: Sequence[int]) -> tuple[Float64, Float64]:
    """The lower and the upper end of the 95 % interval of each share; nan where nothing was counted.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference.

    Example:
        >>> low, high = wilson([0, 10], [10, 10])
        >>> [round(float(end), 3) for end in (low[0], high[0], low[1], high[1])]
        [0.0, 0.278, 0.722, 1.0]
    """
    share, counted = shares(right, total), np.asarray(total, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        # (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
        middle = share + Z**2 / (2 * counted)
        spread = Z * np.sqrt(share * (1 - share) / counted + Z**2 / (4 * counted**2))
        scale = 1 + Z**2 / counted
        low, high = (middle - spread) / scale, (middle + spread) / scale
    low[share == 0], high[share == 1] = 0.0, 1.0  # exact, whatever rounding says
    return low, high


def bootstrap_ratio(above: Float64, below: Float64, resamples: int = 1000) -> tuple[float, float]:
    """The 95 % interval of Σ above / Σ below, whose pairs are drawn again with replacement, always the same ones.

    Source: Efron & Tibshirani (1993), An introduction to the bootstrap, the percentile interval.

    Example:
        >>> bootstrap_ratio(np.array([2.0, 4.0]), np.array([1.0, 2.0]))
        (2.0, 2.0)
    """
    which = np.random.default_rng(0).integers(len(above), size=(resamples, len(above)))
    low, high = np.quantile(above[which].sum(axis=1) / below[which].sum(axis=1), [0.025, 0.975])
    return float(low), float(high)
