"""Attention that is overridden: a row of weights in place of the network's own, or positions it must not look at."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.recurrent.directions import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TOLERANCE = 1e-6  # up to here a row counts as summing to 1


@dataclass(frozen=True)
class AttentionOverride:
    """Override the attention weights of a step; everything after it follows.

    Where several name one head and step, the last row counts, and what they take away adds up, also from a row.

    Attributes:
        step: which step of the output, 0-based; None for all.
        row: one weight a source position, in place of the network's own. It is divided by its sum, so that what is
            averaged stays an average; `normalised` says whether that changed it.
        without: source positions, 0-based, that are not looked at; the others share what is left.
        head: which head, 0-based; None for all.
        normalised: whether `row` did not sum to 1 as it was given.

    Raises:
        KiokuError: a row with a number that is negative or not finite, or with nothing but 0.

    Example:
        >>> AttentionOverride(step=1, row=(1.0, 1.0, 0.0, 2.0)).row, AttentionOverride(row=(1, 1)).normalised
        ((0.25, 0.25, 0.0, 0.5), True)
    """

    step: int | None = None
    row: Sequence[float] | None = None
    without: Sequence[int] = ()
    head: int | None = None
    normalised: bool = field(default=False, init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "without", (self.without,) if isinstance(self.without, int) else tuple(self.without))
        if self.row is not None:
            row = _numbers(self.row)
            total = math.fsum(row)
            object.__setattr__(self, "row", tuple(weight / total for weight in row))
            object.__setattr__(self, "normalised", abs(total - 1) > TOLERANCE)


def _numbers(given: object) -> tuple[float, ...]:
    """`given` as finite numbers ≥ 0, not all of them 0."""
    try:
        row = tuple(map(float, given)) if isinstance(given, Iterable) and not isinstance(given, str) else ()
    except (TypeError, ValueError, OverflowError):
        row = ()
    if not all(math.isfinite(weight) and weight >= 0 for weight in row) or not 0 < sum(row) < math.inf:
        raise KiokuError("attention_row", given=repr(given))
    return row


@dataclass(frozen=True, eq=False)
class Rows:
    """What is overridden at one step. Shapes: K heads, S source positions.

    Attributes:
        row: the weights, (K, S); nan where a head keeps its own.
        without: what is not looked at, (K, S).
    """

    row: NDArray[np.float32]
    without: NDArray[np.bool_]


def rows_at(overrides: Sequence[AttentionOverride], step: int, heads: int, positions: int) -> Rows | None:
    """What these overrides say of one step; None where they say nothing of it.

    Raises:
        KiokuError: a row of another length, a head or position that is not there, or nothing left to look at.
    """
    here = [override for override in overrides if override.step in (None, step)]
    if not here:
        return None
    row, without = np.full((heads, positions), np.nan), np.zeros((heads, positions), bool)
    for override in here:
        which = slice(None) if override.head is None else within("head", override.head, heads)
        if override.row is not None:
            if len(override.row) != positions:
                raise KiokuError("attention_length", positions=positions, given=len(override.row))
            row[which] = override.row
        without[which, [within("position", place, positions) for place in override.without]] = True
    left = np.where(without, 0.0, row)
    sums = left.sum(axis=1, keepdims=True)  # nan where a head keeps its own
    if without.all(axis=1).any() or (sums == 0).any():
        raise KiokuError("attention_blank", step=step, positions=positions)
    final = np.where(np.isnan(row), np.nan, left / sums)
    return Rows(final.astype(np.float32), without)
