"""How closely each unit of a network follows a property of the text, and what chance gives."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

SHIFTS = 200
LEAST = 1e-12  # a spread that is smaller is none


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


def interval(
    state: Float[np.ndarray, " N"], labels: Float[np.ndarray, " N"], texts: Int[np.ndarray, " N"], resamples: int = 1000
) -> tuple[float, float]:
    """The 95 % interval of Pearson's r of one unit, the texts drawn again with replacement, always the same ones.

    What stands in one text resembles itself, so that texts are drawn and not positions. Where a draw has no two
    different labels, its r is 0.

    Args:
        state: of the unit, at each position.
        labels: likewise.
        texts: the number of the text of each position.

    Source: Efron & Tibshirani (1993), An introduction to the bootstrap, the percentile interval.
    """
    x, y = (np.asarray(values, np.float64) - values.mean() for values in (state, labels))
    sums = np.stack([np.bincount(texts, one) for one in (np.ones_like(x), x, y, x * x, y * y, x * y)])  # (6, K)
    generator, count = np.random.default_rng(0), sums.shape[1]
    drawn = generator.multinomial(count, np.full(count, 1 / count), resamples) @ sums.T  # (S, 6)
    x, y, xx, yy, xy = (drawn[:, 1:] / drawn[:, :1]).T
    spread = np.sqrt(np.maximum((xx - x * x) * (yy - y * y), 0))
    found = np.divide(xy - x * y, spread, out=np.zeros_like(spread), where=spread > LEAST)
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def _standard(values: Float[np.ndarray, "N K"]) -> Float[np.ndarray, "N K"]:
    centred = np.asarray(values, np.float64) - values.mean(axis=0, dtype=np.float64)
    spread = centred.std(axis=0)
    return np.asarray(np.divide(centred, spread, out=np.zeros_like(centred), where=spread > LEAST))
