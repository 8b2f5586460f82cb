"""The spectral radius of a step without its eigenvalues: for curves that have many points and little time for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SQUARINGS = 16


def find_radius(matrix: NDArray[np.float64]) -> float:
    """The spectral radius of an (N, N) matrix; NaN where a value is not finite.

    ρ(M) = lim ‖Mᵏ‖^(1/k), here with k = 2¹⁶: the matrix is squared 16 times and brought back to the size 1 each time.
    It is right to about a thousandth, also where the matrix is far from normal.

    Source: Gelfand 1941, the spectral radius formula.

    Example:
        >>> round(find_radius(np.array([[0.0, -2.0], [2.0, 0.0]])), 3), find_radius(np.array([[0.0, 3.0], [0.0, 0.0]]))
        (2.0, 0.0)
    """
    logarithm, power = 0.0, matrix
    for squaring in range(SQUARINGS + 1):
        size = float(np.abs(power).max())
        if not (np.isfinite(size) and size > 0):
            return 0.0 if size == 0 else float("nan")
        logarithm += np.log(size) / 2**squaring
        if squaring < SQUARINGS:
            power = power / size
            power = power @ power
    return float(np.exp(logarithm))
