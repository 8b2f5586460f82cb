"""The digits: 8 × 8 pixels each, written by hand; those that measure are never learned from."""

from __future__ import annotations

from functools import cache

import numpy as np
from jaxtyping import Float, Int

LEARNED = 1397  # of 1,797: the first ones; the others, by writers of their own, only measure
BRIGHTEST = 16.0


@cache
def _packaged() -> tuple[Float[np.ndarray, "N 8 8"], Int[np.ndarray, " N"]]:
    from sklearn.datasets import load_digits

    found = load_digits()
    images, labels = (found.images / BRIGHTEST).astype(np.float32), found.target
    for array in (images, labels):
        array.flags.writeable = False
    return images, labels


def learned_images() -> Float[np.ndarray, "N 8 8"]:
    """Those to learn from, with values in [0, 1]."""
    return _packaged()[0][:LEARNED]


def unseen_images() -> Float[np.ndarray, "N 8 8"]:
    """Those that only measure."""
    return _packaged()[0][LEARNED:]


def unseen_digit(digit: int) -> Float[np.ndarray, "8 8"]:
    """One of those that only measure: the image of a digit, 0 to 9, that is most like the mean of its kind."""
    images, labels = _packaged()
    kind = images[LEARNED:][labels[LEARNED:] == digit]
    found: Float[np.ndarray, "8 8"] = kind[np.square(kind - kind.mean(axis=0)).sum(axis=(1, 2)).argmin()]
    return found
