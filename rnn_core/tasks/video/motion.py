"""How a digit moves: with the same steps until it meets an edge, from which it bounces; and the frames of it."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

from rnn_core.tasks.video.spec import DIGIT, PLACES, SIDE

LAST = PLACES - 1
SPEEDS = (-2, -1, 1, 2)  # pixels a frame, along each side


def bounce(
    start: Int[np.ndarray, "N 2"], steps: Int[np.ndarray, "N 2"], frames: int
) -> tuple[Int[np.ndarray, "N T 2"], Int[np.ndarray, "N T 2"]]:
    """Where the upper left corner of each digit is in each frame (row, column), and with what step it came there.

    Args:
        start: the corner in the first frame.
        steps: the step after it.
        frames: T.

    Example:
        >>> bounce(np.array([[7, 0]]), np.array([[2, 1]]), 3)[0][0].tolist()
        [[7, 0], [7, 1], [5, 2]]
    """
    place, step = start, steps
    places, came = [], []
    for _ in range(frames):
        places.append(place)
        came.append(step)
        ahead = place + step
        over = (ahead < 0) | (ahead > LAST)
        step = np.where(over, -step, step)
        place = np.where(ahead < 0, -ahead, np.where(ahead > LAST, 2 * LAST - ahead, ahead))
    return np.stack(places, axis=1), np.stack(came, axis=1)


def draw_paths(count: int, frames: int, generator: np.random.Generator) -> Int[np.ndarray, "N T 2"]:
    """So many paths, each from a place and with a step of its own."""
    start = generator.integers(0, PLACES, (count, 2))
    return bounce(start, generator.choice(SPEEDS, (count, 2)), frames)[0]


def render(images: Float[np.ndarray, "N T 8 8"], places: Int[np.ndarray, "N T 2"]) -> Float[np.ndarray, "N T S S"]:
    """The frames: each image with its corner at its place, on black."""
    count, frames = places.shape[:2]
    found = np.zeros((count, frames, SIDE, SIDE), np.float32)
    inside = np.arange(DIGIT)
    rows = places[..., 0, None, None] + inside[:, None]  # (N, T, 8, 1)
    columns = places[..., 1, None, None] + inside  # (N, T, 1, 8)
    found[np.arange(count)[:, None, None, None], np.arange(frames)[:, None, None], rows, columns] = images
    return found


def still(images: Float[np.ndarray, "N 8 8"], frames: int) -> Float[np.ndarray, "N T 8 8"]:
    """The same image in each frame."""
    return np.broadcast_to(images[:, None], (len(images), frames, DIGIT, DIGIT))
