"""Where a film is cut: a frame whose difference from the one before stands far above those around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

AROUND = 6  # frames before and after with which one is compared
TIMES = 4.0  # so many times the mean of those
LEAST = 0.002  # mean squared difference: less is no cut, however still the rest is


def find_cuts(errors: Float[np.ndarray, " N"]) -> Bool[np.ndarray, " N"]:
    """Which of the differences are cuts.

    Example:
        >>> np.flatnonzero(find_cuts(np.array([0.001] * 9 + [0.1] + [0.001] * 9))).tolist()
        [9]
    """
    found = np.zeros(len(errors), bool)
    for place, error in enumerate(errors):
        near = np.concatenate([errors[max(place - AROUND, 0) : place], errors[place + 1 : place + 1 + AROUND]])
        found[place] = error >= LEAST and error > TIMES * (near.mean() if len(near) else np.inf)
    return found


@dataclass(frozen=True)
class Cuts:
    """How a network's surprise and the change between frames agree on where a film is cut.

    Attributes:
        found: cuts by the change that the surprise marks too.
        missed: those that it does not mark.
        beside: frames that only the surprise marks.
    """

    found: tuple[int, ...]
    missed: tuple[int, ...]
    beside: tuple[int, ...]

    @classmethod
    def compare(cls, change: Float[np.ndarray, " N"], surprise: Float[np.ndarray, " N"]) -> Cuts:
        """Of the same frames, by the same rule."""
        real, said = find_cuts(change), find_cuts(surprise)
        parts = (real & said, real & ~said, ~real & said)
        return cls(*(tuple(np.flatnonzero(part).tolist()) for part in parts))
