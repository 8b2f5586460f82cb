"""A training run step by step, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]


SAME = 0.1


@dataclass(frozen=True, eq=False)
class Run:
    """One training run, (N,) each, a value a step; a run that is lost ends with the step at which it was.

    Attributes:
        loss: of the step's batch, before the update.
        before: the norm of all gradients as they came.
        after: the same after clipping; NaN at a step without an update.
    """

    loss: Float64
    before: Float64
    after: Float64

    @property
    def lost_at(self) -> int | None:
        """The first step (from 1) at which loss or gradient is not finite."""
        lost = np.flatnonzero(~(np.isfinite(self.loss) & np.isfinite(self.before)))
        return int(lost[0]) + 1 if lost.size else None


def outcome(clipped: Run, free: Run) -> Literal["lower", "same", "higher", "breaks", "both"]:
    """Where the loss of the clipped run ends beside that of the other, a tenth apart being the same.

    "breaks": only the run without clipping is lost; "both": both are. One that is lost alone with clipping is higher.

    Example:
        >>> whole, lost = (Run(np.array([3.0, end]), np.ones(2), np.ones(2)) for end in (1.0, np.nan))
        >>> outcome(whole, lost), outcome(lost, lost), outcome(whole, whole)
        ('breaks', 'both', 'same')
    """
    if free.lost_at is not None:
        return "breaks" if clipped.lost_at is None else "both"
    ends = float(clipped.loss[-1]), float(free.loss[-1])
    if abs(ends[0] - ends[1]) <= SAME * ends[1]:
        return "same"
    return "lower" if ends[0] < ends[1] else "higher"
