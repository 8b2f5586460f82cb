"""The digits: 8 × 8 pixels each, written by hand; those that measure are never learned from."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int

from rnn_core.errors import KiokuError

PACKAGE, FILE = "sklearn", "datasets/data/digits.csv.gz"
COUNT = 1797
LEARNED = 1397  # the first ones; the others, by writers of their own, only measure
BRIGHTEST = 16.0


@cache
def _packaged() -> tuple[Float[np.ndarray, "N 8 8"], Int[np.ndarray, " N"]]:
    """The images and what they show; read without scikit-learn itself, whose import takes a second."""
    found = find_spec(PACKAGE)
    path = Path(found.origin).parent / FILE if found and found.origin else None
    try:
        rows = np.loadtxt(path or "", delimiter=",")  # a row an image: its 64 pixels, and the digit
        images = (rows[:, :-1].reshape(COUNT, 8, 8) / BRIGHTEST).astype(np.float32)
    except (OSError, ValueError, EOFError):
        raise KiokuError("package_missing", what="digits.csv.gz", package="scikit-learn") from None
    labels = rows[:, -1].astype(np.int64)
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
