"""A training run step by step, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]


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
