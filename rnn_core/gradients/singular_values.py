"""The most that a step can stretch, and many steps together: largest singular values of Jacobians and of their product.

A gradient is multiplied by one Jacobian a step. How much one of them can stretch it at most is its largest singular
value, not its largest eigenvalue; and what all of them do together is not the product of these: what one step stretches
most is seldom what the steps before it have left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]


def solve_largest(matrices: Float64) -> Float64:
    """The largest singular value of each of (K, M, N) matrices, (K,); NaN of one that is not finite.

    Example:
        >>> solve_largest(np.array([[[0.0, 3.0], [0.0, 0.0]]])).tolist()  # all of its eigenvalues are 0
        [3.0]
    """
    found = np.full(len(matrices), np.nan)
    sizes = np.abs(matrices).max(axis=(1, 2), initial=0.0)
    whole = np.isfinite(sizes)
    scales = np.where(sizes[whole] > 0, sizes[whole], 1.0)  # the square of 10⁻²⁰⁰ would be 0
    scaled = matrices[whole] / scales[:, None, None]
    squares = np.linalg.eigvalsh(scaled @ scaled.swapaxes(1, 2))[:, -1]
    found[whole] = scales * np.sqrt(np.maximum(squares, 0.0))
    return found


def solve_products(jacobians: Float64, at: int, places: Sequence[int]) -> Float64:
    """log₁₀ of the largest singular value of ∂(state at `at`)/∂(state at t) for each t ≤ `at` of the places.

    The running product J_at ⋯ J_{t+1} is brought back to the size 1 at each step and its decades are counted, so that
    10⁻⁴⁰⁰ still has its number. −inf where the product is exactly 0, NaN from a Jacobian on that is not finite.

    Args:
        jacobians: (T, N, N), ∂(state at t)/∂(state at t − 1), in the order of reading.
        at: the step (0-based) from which the way back begins.
        places: the steps (0-based) that are asked for.

    Example:
        >>> solve_products(np.array([[[9.0]], [[0.1]], [[0.01]]]), 2, [0, 1, 2]).round(6).tolist()
        [-3.0, -2.0, 0.0]
    """
    running = dict(_products(jacobians, at))
    tops = solve_largest(np.stack([running[place][0] for place in places]))
    with np.errstate(divide="ignore"):
        found: Float64 = np.log10(tops) + np.array([running[place][1] for place in places])
    return found


def sum_bounds(stretch: Float64, places: Sequence[int]) -> Float64:
    """log₁₀ of the product of the largest singular values of the steps back to each of the rising places, (K,).

    It is the most that they could do together: if each of them got what it stretches most. Where the places lie further
    apart each value stands for all steps to the next one.

    Args:
        stretch: (K − 1,), the largest singular value of the step that arrives at each place but the last.
        places: the steps (0-based), the last of which is the loss.

    Example:
        >>> sum_bounds(np.array([10.0, 100.0]), [0, 1, 3]).tolist()
        [5.0, 4.0, 0.0]
    """
    with np.errstate(divide="ignore"):
        decades = np.log10(stretch) * np.diff(places)
    found: Float64 = np.append(np.cumsum(decades[::-1])[::-1], 0.0)
    return found


def _products(jacobians: Float64, at: int) -> Iterator[tuple[int, tuple[Float64, float]]]:
    """From `at` back: each step, the product up to it at size 1, and the decades that were taken out."""
    product, decades = np.eye(jacobians.shape[1]), 0.0
    yield at, (product, decades)
    for step in range(at, 0, -1):
        with np.errstate(invalid="ignore", over="ignore"):
            product = product @ jacobians[step]
            size = float(np.abs(product).max())
        if size > 0 and np.isfinite(size):
            product, decades = product / size, decades + float(np.log10(size))
        yield step - 1, (product, decades)
