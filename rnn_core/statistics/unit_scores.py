"""How closely each unit of a network follows a property of the text, and what chance gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from jaxtyping import Float

SHIFTS = 200


def correlations(states: Float[np.ndarray, "N H"], labels: Float[np.ndarray, " N"]) -> Float[np.ndarray, " H"]:
    """Pearson's r of each unit with a label, over N positions; 0 where one of both never changes.

    Example:
        >>> correlations(np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([1.0, 0.0])).tolist()
        [-1.0, 0.0]
    """
    return np.asarray(_standard(labels[:, None])[:, 0] @ _standard(states) / len(labels))


def chance(states: Float[np.ndarray, "N H"], labels: Float[np.ndarray, " N"], shifts: int = SHIFTS) -> float:
    """The |r| that the best unit exceeds in 5 % of the cases where the labels have nothing to do with the states.

    Labels of neighbouring positions resemble each other, and so do states. So the labels are not shuffled one by one,
    but turned: each of `shifts` times all of them go on by the same number of positions, those at the end to the front.
    The largest |r| of all units is what is compared, since the best of many units is looked for.
    """
    steps = np.random.default_rng(0).integers(1, len(labels), shifts)
    turned = np.stack([np.roll(labels, int(step)) for step in steps])  # (S, N)
    found = np.abs(_standard(turned.T).T @ _standard(states) / len(labels)).max(axis=1)
    return float(np.quantile(found, 0.95))


def _standard(values: Float[np.ndarray, "N K"]) -> Float[np.ndarray, "N K"]:
    centred = np.asarray(values, np.float64) - values.mean(axis=0, dtype=np.float64)
    spread = centred.std(axis=0)
    return np.asarray(np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 1e-12))
