"""What two films have in common: how far their pixels are apart, and where what is bright in each frame lies."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

DARK = 1e-6  # a frame with less light than this has no centre


def frame_errors(said: Float[np.ndarray, "*B P"], true: Float[np.ndarray, "*B P"]) -> Float[np.ndarray, " *B"]:
    """The mean squared difference of the pixels of each frame.

    Example:
        >>> frame_errors(np.zeros((1, 4)), np.array([[0.0, 1.0, 0.0, 1.0]])).tolist()
        [0.5]
    """
    return np.asarray(np.square(said - true).mean(axis=-1))


def centres(pixels: Float[np.ndarray, "*B P"], width: int) -> Float[np.ndarray, "*B 2"]:
    """The mean place of the light of each frame, (row, column); nan where there is none. Below 0 counts as dark.

    Args:
        pixels: row after row.
        width: of a row.

    Example:
        >>> centres(np.array([0.0, 1.0, 0.0, 1.0]), 2).tolist()
        [0.5, 1.0]
    """
    light = np.clip(pixels, 0, None).reshape(*pixels.shape[:-1], -1, width)  # (…, R, C)
    whole = light.sum(axis=(-1, -2))
    whole = np.where(whole > DARK, whole, np.nan)
    rows, columns = np.arange(light.shape[-2]), np.arange(width)
    return np.stack([light.sum(axis=-1) @ rows / whole, light.sum(axis=-2) @ columns / whole], axis=-1)


def centre_errors(
    said: Float[np.ndarray, "*B P"], true: Float[np.ndarray, "*B P"], width: int
) -> Float[np.ndarray, " *B"]:
    """How far both centres are apart, in pixels; nan where one frame is dark."""
    return np.asarray(np.linalg.norm(centres(said, width) - centres(true, width), axis=-1))
