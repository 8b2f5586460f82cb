"""The cliff: the loss of a network of one unit, read after many steps, over its two numbers w and b.

h_t = tanh(w h_{t−1} + b), L = (h_T − target)². Where two lasting states meet, a small change of w or b decides which of
them the unit ends in. There the gradient explodes on its way back, and in the loss that looks like a cliff.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Float64 = NDArray[np.float64]

STEPS, START, TARGET = 25, 0.5, 0.7  # T, h_0, and what h_T should be
W_RANGE, B_RANGE, SPACING = (1.3, 2.6), (-0.85, 0.15), 0.01
FAR, LOW = 1.0, 0.01  # how long an update is that is a jump, and how small a loss that is a success
FROM, RATE, LIMIT, UPDATES = (2.25, -0.4), 0.1, 0.5, 80


@dataclass(frozen=True, eq=False)
class Surface:
    """The loss over a grid: w (W,), b (B,), loss (B, W), all float64."""

    w: Float64
    b: Float64
    loss: Float64


@dataclass(frozen=True, eq=False)
class Descent:
    """Where a descent came by, its start first, all (n,) float64.

    Attributes:
        w, b: the place.
        loss: L there.
        gradient: ‖(∂L/∂w, ∂L/∂b)‖ there, as it came.

    A place with a number that is not finite is the last one.
    """

    w: Float64
    b: Float64
    loss: Float64
    gradient: Float64


def longest_update(way: Descent) -> tuple[int, float]:
    """Which update (1-based) goes the furthest over (w, b), and how far; (0, 0.0) where there is none.

    A place that is not finite is infinitely far.

    Example:
        >>> longest_update(Descent(*np.array([[0.0, 3.0], [0.0, 4.0], [1.0, 1.0], [9.0, 0.0]])))
        (1, 5.0)
    """
    if len(way.w) < 2:
        return 0, 0.0
    moves = np.hypot(np.diff(way.w), np.diff(way.b))
    lengths = np.where(np.isfinite(moves), moves, np.inf)
    return int(lengths.argmax()) + 1, float(lengths.max())


def outcome(way: Descent) -> Literal["jumps", "arrives", "stays"]:
    """What becomes of a descent: an update longer than `FAR`; else a last loss below `LOW`, or not.

    Example:
        >>> outcome(descend(limit=None)), outcome(descend())
        ('jumps', 'arrives')
    """
    if longest_update(way)[1] > FAR:
        return "jumps"
    return "arrives" if way.loss[-1] < LOW else "stays"


def loss_and_slopes(w: ArrayLike, b: ArrayLike) -> tuple[Float64, Float64, Float64]:
    """L, ∂L/∂w and ∂L/∂b at w and b, which are broadcast against each other.

    Example:
        >>> loss, by_w, by_b = loss_and_slopes(0.0, 0.0)
        >>> round(float(loss), 2), float(by_w), round(float(by_b), 2)
        (0.49, -0.0, -1.4)
    """
    w, b = np.broadcast_arrays(np.asarray(w, np.float64), np.asarray(b, np.float64))
    h, h_by_w, h_by_b = np.full(w.shape, START), np.zeros(w.shape), np.zeros(w.shape)
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(STEPS):
            new = np.tanh(w * h + b)
            slope = 1 - new * new  # ∂tanh(a)/∂a
            h_by_w, h_by_b, h = slope * (h + w * h_by_w), slope * (1 + w * h_by_b), new
        gap = h - TARGET
        return gap * gap, 2 * gap * h_by_w, 2 * gap * h_by_b


def surface(w_range: tuple[float, float] = W_RANGE, b_range: tuple[float, float] = B_RANGE) -> Surface:
    """The loss over both ranges, ends included, at distances of 0.01.

    Example:
        >>> surface().loss.shape
        (101, 131)
    """
    w, b = (np.linspace(low, high, 1 + round((high - low) / SPACING)) for low, high in (w_range, b_range))
    return Surface(w, b, loss_and_slopes(w[None, :], b[:, None])[0])


def descend(
    start: tuple[float, float] = FROM, limit: float | None = LIMIT, rate: float = RATE, updates: int = UPDATES
) -> Descent:
    """Plain gradient descent on the loss; a gradient longer than `limit` is shortened to it, None shortens nothing.

    Example:
        >>> descend().gradient.shape, bool(descend(limit=None).gradient.max() > 1000)
        ((81,), True)
    """
    w, b = start
    way: list[tuple[float, float, float, float]] = []
    for _ in range(updates + 1):
        loss, by_w, by_b = (float(value) for value in loss_and_slopes(w, b))
        size = math.hypot(by_w, by_b)
        way.append((w, b, loss, size))
        if not all(map(math.isfinite, way[-1])):
            break
        step = rate * (limit / size if limit is not None and size > limit else 1.0)
        w, b = w - step * by_w, b - step * by_b
    return Descent(*np.array(way).T)
