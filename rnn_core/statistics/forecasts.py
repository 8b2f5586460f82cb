"""What a forecast is worth: how far it is off, whether that is less than another's, and how often a fan holds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

SAMPLES = 2000  # of the bootstrap
BLOCK = 7  # steps in a row that are drawn together: errors of neighbours are alike


class Interval(NamedTuple):
    """A mean, and the ends of its 95 % interval."""

    low: float
    mean: float
    high: float

    @property
    def side(self) -> int:
        """−1 where it lies below 0, 1 above, 0 where it holds 0."""
        return int(self.low > 0) - int(self.high < 0)


def mean_interval(values: Float[np.ndarray, " N"], block: int = BLOCK, seed: int = 0) -> Interval:
    """The mean of a sequence whose neighbours may be alike, by a bootstrap of whole blocks.

    Source: Künsch 1989, the moving-block bootstrap; the percentiles 2.5 and 97.5 of its means.

    Args:
        values: at least one, all finite.
        block: how many neighbours are drawn together; more than there are is all.
        seed: draws the blocks.

    Example:
        >>> mean_interval(np.zeros(5))
        Interval(low=0.0, mean=0.0, high=0.0)
    """
    size = min(block, len(values))
    blocks = -(-len(values) // size)
    first = np.random.default_rng(seed).integers(0, len(values) - size + 1, (SAMPLES, blocks))
    sums = np.concatenate([[0.0], np.cumsum(values)])
    means = (sums[first + size] - sums[first]).sum(axis=1) / (blocks * size)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(low), float(values.mean()), float(high))


def coverage(
    low: Float[np.ndarray, " N"], high: Float[np.ndarray, " N"], truth: Float[np.ndarray, " N"]
) -> tuple[int, int]:
    """How many of the true values lie between both ends, and of how many.

    Example:
        >>> coverage(np.zeros(3), np.ones(3), np.array([0.5, 1.0, 2.0]))
        (2, 3)
    """
    return int(((truth >= low) & (truth <= high)).sum()), len(truth)


def pinball(
    quantiles: Float[np.ndarray, " Q"], said: Float[np.ndarray, "N Q"], truth: Float[np.ndarray, " N"]
) -> float:
    """The mean loss that is least where each number of `said` is the quantile that it is called.

    Source: Koenker & Bassett 1978.

    Example:
        >>> pinball(np.array([0.5]), np.array([[1.0], [3.0]]), np.array([2.0, 2.0]))
        0.5
    """
    off = truth[:, None] - said  # (N, Q)
    return float(np.maximum(quantiles * off, (quantiles - 1) * off).mean())
