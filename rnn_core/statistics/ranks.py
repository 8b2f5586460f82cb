"""Whether two lists of numbers put the same places first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]


def rank_values(values: Array) -> Float64:
    """The rank of each value, from 1 for the smallest; equal values share the mean of their ranks.

    Example:
        >>> rank_values(np.array([0.3, 0.1, 0.3]))
        array([2.5, 1. , 2.5])
    """
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = counts.cumsum()
    means: Float64 = last - (counts - 1) / 2
    return means[which]


def spearman(one: Array, other: Array) -> float:
    """Spearman's rank correlation, in [−1, 1]; nan where either list has no two different values, or one is nan.

    Source: Spearman 1904; with ties, Pearson's correlation of the mean ranks, as `scipy.stats.spearmanr` has it.

    Example:
        >>> spearman(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 15.0]))
        0.5
    """
    if not (np.isfinite(one).all() and np.isfinite(other).all()):
        return float("nan")
    a, b = rank_values(one) - (len(one) + 1) / 2, rank_values(other) - (len(other) + 1) / 2
    # r = Σ a b / √(Σ a² Σ b²)
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size else float("nan")
