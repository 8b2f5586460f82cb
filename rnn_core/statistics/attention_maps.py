"""How the rows of an attention map lie: on which source word each settles, and whether the two orders agree.

A map is (T, S): a row a written word, a column a source word, each row sums to 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]

SETTLED = 0.5  # a row settles on a word that has more than half of its weight


def seen(attention: Array, head: int | None) -> Array:
    """The map of one head (0-based), or for None the mean of all heads, which sums to 1 in each row too.

    Shapes: (T, heads, S) → (T, S).

    Example:
        >>> seen(np.array([[[1.0, 0.0], [0.5, 0.5]]]), None)
        array([[0.75, 0.25]])
    """
    if attention.shape[1] == 1:
        return attention[:, 0]
    chosen: Array = attention.mean(axis=1) if head is None else attention[:, head]
    return chosen  # (T, S)


def unsettled(weights: Array) -> tuple[int, ...]:
    """The rows, 0-based, in which no source word has more than half of the weight.

    Example:
        >>> unsettled(np.array([[0.9, 0.1], [0.5, 0.5]]))
        (1,)
    """
    return tuple(int(row) for row in np.flatnonzero(weights.max(axis=1) <= SETTLED))


def inversions(weights: Array) -> tuple[int, int]:
    """How many pairs of settled rows lie on source words in the other order, and how many lie on two words at all.

    Example:
        >>> inversions(np.array([[0.1, 0.9], [0.8, 0.2], [1.0, 0.0]]))
        (2, 2)
    """
    loose = set(unsettled(weights))
    places = [int(row.argmax()) for step, row in enumerate(weights) if step not in loose]
    pairs = [(one, other) for at, one in enumerate(places) for other in places[at + 1 :] if one != other]
    return sum(one > other for one, other in pairs), len(pairs)


def mixed(values: Array, contexts: Array, head: int | None) -> tuple[Array, Array]:
    """What the weights of `seen` mix, and what comes of it; for None the numbers of all heads, one head after another.

    Shapes: values (S, heads, D) and contexts (T, heads, D) → (S, D) and (T, D), or (S, heads · D) and (T, heads · D).
    """
    if head is None:
        return values.reshape(len(values), -1), contexts.reshape(len(contexts), -1)
    return values[:, head], contexts[:, head]


def moved(weights: Array, place: int) -> tuple[float, ...]:
    """A row in which the largest weight and that of `place` (0-based) have changed places; its sum stays.

    Example:
        >>> moved(np.array([0.75, 0.25, 0.0]), 2)
        (0.0, 0.25, 0.75)
    """
    row = [float(weight) for weight in weights]
    best = int(weights.argmax())
    row[best], row[place] = row[place], row[best]
    return tuple(row)
