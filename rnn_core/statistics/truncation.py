"""From what a network expects to what is drawn: temperature, then the k most probable, then the nucleus."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from pydantic import Field

from rnn_core.specs import Spec

MAX_TEMPERATURE, MAX_KEPT = 10, 1000


class Truncation(Spec):
    """How a distribution is changed before something is drawn from it, in this order.

    Attributes:
        temperature: log p is divided by it; 0 leaves the most probable alone.
        top_k: so many of the most probable are kept; None for all.
        top_p: of those, the fewest most probable ones that together reach this share are kept: the nucleus.

    Raises:
        KiokuError: an unknown field, or a value that is out of range or of the wrong type.

    Example:
        >>> Truncation(top_k=2).apply(np.array([0.5, 0.125, 0.25, 0.125])).round(3).tolist()
        [0.667, 0.0, 0.333, 0.0]
    """

    temperature: float = Field(default=1.0, ge=0, le=MAX_TEMPERATURE, allow_inf_nan=False)
    top_k: int | None = Field(default=None, ge=1, le=MAX_KEPT)
    top_p: float = Field(default=1.0, ge=0, le=1, allow_inf_nan=False)

    def apply(self, distribution: Float[np.ndarray, "*N V"]) -> Float[np.ndarray, "*N V"]:
        """What is drawn from, each row sums to 1, in float64; of equals the first in order are the more probable.

        Source: Holtzman et al. (2020), The curious case of neural text degeneration, for the nucleus.
        """
        if self.temperature == self.top_p == 1 and self.top_k is None:
            return np.asarray(distribution / distribution.sum(axis=-1, keepdims=True, dtype=np.float64))
        warm = _warmed(distribution, self.temperature)
        order = np.argsort(-distribution, axis=-1, kind="stable")  # temperature keeps it
        ranked = np.take_along_axis(warm, order, axis=-1)
        if self.top_k is not None:
            ranked[..., self.top_k :] = 0
        ranked /= ranked.sum(axis=-1, keepdims=True)
        before = np.cumsum(ranked, axis=-1) - ranked  # what the more probable ones have together
        kept = (before < self.top_p) | (self.top_p == 1)
        kept[..., 0] = True
        ranked = np.where(kept, ranked, 0)
        ranked /= ranked.sum(axis=-1, keepdims=True)
        found = np.empty_like(ranked)
        np.put_along_axis(found, order, ranked, axis=-1)
        return found


def _warmed(distribution: Float[np.ndarray, "*N V"], temperature: float) -> Float[np.ndarray, "*N V"]:
    """p^(1/temperature), each row over its largest."""
    exact = np.asarray(distribution, np.float64)
    top = exact.max(axis=-1, keepdims=True)
    if temperature == 0:
        best = exact.argmax(axis=-1)
        return np.asarray(np.eye(exact.shape[-1])[best])
    with np.errstate(divide="ignore"):
        return np.asarray(np.exp(np.log(exact / top) / temperature))
