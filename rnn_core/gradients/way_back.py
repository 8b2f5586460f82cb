"""A gradient on its way back through one layer: what of it is left at each step, and what each step does to it.

The state s is h, of an LSTM h and c side by side. One step back multiplies the gradient by that step's Jacobian,
transposed: ∂L/∂s_{t−1} = J_tᵀ ∂L/∂s_t. So what is left is the product of the factors, and each factor is what the
Jacobian makes of this one direction: √Σ(σᵢ |uᵢ·ĝ|)².
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from rnn_core.gradients.gradient_trace import norms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WayBack:
    """What came back from the loss at step `at` (0-based) of one layer. float64, read-only, in the order of reading.

    Attributes:
        size: ‖∂L/∂s_at‖ itself.
        decades: log₁₀ of ‖∂L/∂s_t‖ / ‖∂L/∂s_at‖, (at + 1,); −inf where nothing is left.
        stretch: the singular values of the step from t + 1 back to t, the largest first, (at, N).
        aim: how much of the gradient, as a vector of length 1, lies along what each of them stretches, (at, N); 0 where
            nothing is left.
        every: `stretch` and `aim` are there for one step in so many, counted back from the loss; NaN at the others.
    """

    size: float
    decades: Float[np.ndarray, " t"]
    stretch: Float[np.ndarray, "s n"]
    aim: Float[np.ndarray, "s n"]
    every: int = 1

    def __post_init__(self) -> None:
        for array in (self.decades, self.stretch, self.aim):
            array.flags.writeable = False


def trace_back(jacobians: Float[np.ndarray, "t n n"], start: Float[np.ndarray, " n"], every: int = 1) -> WayBack:
    """Multiply a gradient by one Jacobian after another, the last one first.

    It is brought back to length 1 at each step and its decades are counted, so that 10⁻⁴⁰⁰ still has its number.

    Args:
        jacobians: ∂(state at t)/∂(state at t − 1), up to the step of the loss; the first one is not used.
        start: ∂L/∂s at the last of them.
        every: of how many steps one has its singular values.

    Example:
        >>> found = trace_back(np.array([[[9.0]], [[0.1]], [[0.01]]]), np.array([2.0]))
        >>> found.size, found.decades.tolist(), found.stretch.ravel().tolist()
        (2.0, [-3.0, -2.0, 0.0], [0.1, 0.01])
    """
    last, size = len(jacobians) - 1, _length(start)
    decades, directions = np.full(last + 1, -np.inf), np.zeros((last + 1, len(start)))
    if size > 0:
        decades[last], directions[last] = 0.0, start / size
    for step in range(last, 0, -1):
        back = jacobians[step].T @ directions[step]
        left = _length(back)
        if left == 0:
            break
        decades[step - 1], directions[step - 1] = decades[step] + np.log10(left), back / left
    stretch, aim = np.full((2, last, len(start)), np.nan)
    steps = np.arange(last, 0, -1)[::every]
    steps = steps[np.isfinite(jacobians[steps]).all(axis=(1, 2))]
    stretch[steps - 1], aim[steps - 1] = _singular(jacobians[steps], directions[steps])
    return WayBack(size, decades, stretch, aim, every)


def _length(vector: Float64) -> float:
    return float(norms(vector[None])[0])


def _singular(jacobians: Float64, directions: Float64) -> tuple[Float64, Float64]:
    """Singular values σ, the largest first, and |Uᵀ g| of each Jacobian U diag(σ) Vᵀ.

    From the eigenvectors of J Jᵀ, which takes a seventh of the time of a decomposition of J; σ below 10⁻⁸ of the
    largest is not exact.
    """
    scales = np.abs(jacobians).max(axis=(1, 2), initial=0.0)
    scales[scales == 0] = 1.0  # the square of 10⁻²⁰⁰ would be 0
    scaled = jacobians / scales[:, None, None]
    squares, left = np.linalg.eigh(scaled @ scaled.swapaxes(1, 2))  # rising
    stretch = scales[:, None] * np.sqrt(np.maximum(squares, 0.0))
    return stretch[:, ::-1], np.abs(np.einsum("tij,ti->tj", left, directions))[:, ::-1]


def straight_road(gates: Float[np.ndarray, "t h"], start: Float[np.ndarray, " h"], size: float) -> Float64:
    """What comes back along an LSTM's c alone, × f at each step and nothing else: log₁₀ of its share, (T,).

    Args:
        gates: the forget gates of the steps up to that of the loss.
        start: ∂L/∂c at the last of them, its way through h included.
        size: what it is a share of; −inf everywhere where that is 0.

    Example:
        >>> straight_road(np.array([[9.0], [0.1], [1.0]]), np.array([0.5]), 0.5).tolist()
        [-1.0, 0.0, 0.0]
    """
    found, now, taken = np.full(len(gates), -np.inf), start, 0.0
    for step in range(len(gates) - 1, -1, -1):
        left = _length(now)
        if size == 0 or left == 0:
            break
        taken += float(np.log10(left))
        found[step], now = taken - np.log10(size), gates[step] * now / left
    return found


def fold(way: WayBack, most: int) -> tuple[Float64, Float64]:
    """`stretch` and `aim` of the `most` most stretched directions, then all others together as one.

    That one has so much of the gradient as they have, and the stretch that makes of it what they make: in squares,
    their sum and their mean. With no more than `most` directions there is no such one.

    Example:
        >>> way = WayBack(1.0, np.zeros(2), np.array([[3.0, 2.0, 1.0]]), np.array([[0.0, 0.6, 0.8]]))
        >>> [values.round(3).tolist() for values in fold(way, 1)]
        [[[3.0, 1.442]], [[0.0, 1.0]]]
    """
    if way.stretch.shape[1] <= most:
        return way.stretch, way.aim
    rest, aims = way.stretch[:, most:], way.aim[:, most:]
    together = np.sqrt(np.square(aims).sum(1))
    brought = np.sqrt(np.square(rest * aims).sum(1))
    stretched = np.divide(brought, together, out=np.zeros_like(brought), where=together > 0)
    stretched[np.isnan(brought)] = np.nan
    return (
        np.column_stack([way.stretch[:, :most], stretched]),
        np.column_stack([way.aim[:, :most], together]),
    )


def clip_factor(total: float, threshold: float | None) -> float:
    """What clipping by norm multiplies all gradients by: at most 1, so that their common norm is the threshold.

    Example:
        >>> clip_factor(8.0, 2.0), clip_factor(1.0, 2.0), clip_factor(8.0, None)
        (0.25, 1.0, 1.0)
    """
    return 1.0 if threshold is None or total <= threshold else threshold / total
