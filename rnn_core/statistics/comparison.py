"""The numbers that compare: how far two runs are apart, how much a step changes, which units are alike.

Everything is computed in float64, whatever was recorded: the square of a small float32 would underflow to 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]

OPEN, SHUT = 0.9, 0.1  # a gate beyond these counts as open or shut
ROUNDING = {4: 1e-5, 8: 1e-12}  # bytes a number → up to where two ways to compute one thing may be apart


def distance(one: Array, other: Array) -> Float64:
    """‖a_t − b_t‖ over the units, step by step.

    Shapes: two arrays (T, H) → (T,). Where a value is not finite, so is the distance.

    Example:
        >>> distance(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0]]))
        array([5.])
    """
    with np.errstate(invalid="ignore", over="ignore"):
        gap = one.astype(np.float64) - other.astype(np.float64)  # (T, H)
        length: Float64 = np.sqrt((gap * gap).sum(axis=1))  # (T,)
    return length


def rounding(*values: Array) -> float:
    """Up to which distance two such recordings count as the same: what a recording may differ from torch's own."""
    return max(ROUNDING[array.dtype.itemsize] for array in values)


def first_apart(gaps: Float64, tolerance: float) -> int | None:
    """The first step at which a distance is more than rounding, None where there is none. NaN and ∞ are more.

    Example:
        >>> first_apart(np.array([0.0, 1e-8, 0.4, 0.0]), 1e-5)
        2
    """
    beyond = np.flatnonzero(~(gaps <= tolerance))
    return int(beyond[0]) if beyond.size else None


def changes(values: Array) -> Float64:
    """‖a_t − a_{t−1}‖ over the units, for the second step and every later one.

    Shapes: (T, H) → (T − 1,).
    """
    return distance(values[1:], values[:-1])


def steepest(values: Array) -> tuple[int, int, float] | None:
    """The largest move of one unit from a step to the next: the later step, the unit, and the signed change.

    Shapes: (T, H). None where T is 1 or no change is finite.

    Example:
        >>> steepest(np.array([[0.0, 0.0], [0.5, 0.1], [0.6, -0.9]]))
        (2, 1, -1.0)
    """
    with np.errstate(invalid="ignore", over="ignore"):
        moves = np.diff(values.astype(np.float64), axis=0)  # (T − 1, H)
    sizes = np.where(np.isfinite(moves), np.abs(moves), -1)
    if sizes.size == 0 or sizes.max() < 0:
        return None
    step, unit = (int(index) for index in np.unravel_index(sizes.argmax(), sizes.shape))
    return step + 1, unit, float(moves[step, unit])


def liveliest(values: Array, count: int) -> tuple[int, ...]:
    """The `count` units that vary most over time (standard deviation), most first; of equals the first in order.

    Shapes: (T, H). What is not finite counts as the unit's mean.

    Example:
        >>> liveliest(np.array([[0.0, 0.5, 0.0], [0.1, 0.5, 0.9]]), 2)
        (2, 0)
    """
    known = np.isfinite(values)  # (T, H)
    count_known = np.maximum(known.sum(axis=0), 1)  # (H,)
    wide = np.where(known, values, 0).astype(np.float64)
    centred = np.where(known, wide - wide.sum(axis=0) / count_known, 0)
    deviation = np.sqrt((centred**2).sum(axis=0) / count_known)  # (H,)
    return tuple(int(unit) for unit in np.argsort(-deviation, kind="stable")[:count])


def means(values: Array) -> Float64:
    """The mean over the units, step by step: (T, H) → (T,)."""
    with np.errstate(invalid="ignore", over="ignore"):
        mean: Float64 = values.astype(np.float64).mean(axis=1)  # (T,)
    return mean


def saturation(gates: Array) -> tuple[float, float]:
    """Which shares of the gates are open (≥ 0.9) and shut (≤ 0.1), each in [0, 1].

    Example:
        >>> saturation(np.array([[0.95, 0.5], [0.0, 0.05]]))
        (0.25, 0.5)
    """
    return float((gates >= OPEN).mean()), float((gates <= SHUT).mean())


def pairs(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Which step of a sentence belongs to which of its edited form, 0-based.

    The words that both begin with and the words that both end with belong together; of what lies between, first to
    first, second to second, and what is left over to nothing.

    Example:
        >>> pairs(["今日", "は", "暑い", "ね"], ["今日", "暑い", "ね"])
        ((0, 0), (2, 1), (3, 2))
        >>> pairs(["犬", "が", "噛む"], ["人", "が", "噛む"])
        ((0, 0), (1, 1), (2, 2))
    """
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    front = [(i, i) for i in range(shorter - tail)]
    back = [(len(before) - i, len(after) - i) for i in range(tail, 0, -1)]
    return tuple(front + back)


def similarity_order(values: Array) -> tuple[int, ...]:
    """The units in an order in which neighbours are alike: optimal leaf ordering of their correlation over time.

    Units that don't vary have no correlation; they stand at the end, in their own order.

    Shapes: (T, H) → a permutation of 0 … H − 1. The same values always give the same order.

    Source: Bar-Joseph, Gifford, Jaakkola, "Fast optimal leaf ordering for hierarchical clustering" (2001), as
        `scipy.cluster.hierarchy.optimal_leaf_ordering` has it, on average linkage of 1 − correlation.
    """
    centred = _centred(values)  # (T, H)
    moving = np.flatnonzero(np.linalg.norm(centred, axis=0) > 0)
    still = [unit for unit in range(values.shape[1]) if unit not in set(moving.tolist())]
    if len(moving) < 3:  # no order of two is better than the other
        return (*moving.tolist(), *still)
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering  # slow to import
    from scipy.spatial.distance import squareform

    unit_vectors = centred[:, moving] / np.linalg.norm(centred[:, moving], axis=0)
    apart = np.clip(1 - unit_vectors.T @ unit_vectors, 0, 2)  # (H, H)
    condensed = squareform(apart, checks=False)
    order = leaves_list(optimal_leaf_ordering(linkage(condensed, "average"), condensed))
    return (*moving[order].tolist(), *still)


def _centred(values: Array) -> Float64:
    """Each unit less its mean, on a size at which no square overflows; what isn't finite counts as the mean."""
    known = np.isfinite(values)
    wide = np.where(known, values, 0).astype(np.float64)  # (T, H)
    size = np.abs(wide).max(axis=0)  # (H,)
    wide /= np.where(size > 0, size, 1)
    # equal values are all ±1 by now, so that their mean is exact and nothing is left of them
    return np.where(known, wide - wide.sum(axis=0) / np.maximum(known.sum(axis=0), 1), 0)
