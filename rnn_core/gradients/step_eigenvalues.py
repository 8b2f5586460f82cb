"""The eigenvalues of the real steps: of ∂(state at t)/∂(state before), W_hh as the gates let it act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def solve_eigenvalues(jacobians: NDArray[np.float64]) -> NDArray[np.complex128]:
    """The eigenvalues of each step's Jacobian, (T, N, N) → (T, N), each step's largest first.

    A Jacobian with a value that is not finite has none: they are NaN.

    Example:
        >>> solve_eigenvalues(np.array([[[0.0, -2.0], [2.0, 0.0]]])).round(6).tolist()
        [[2j, -2j]]
    """
    found = np.full(jacobians.shape[:2], np.nan, dtype=np.complex128)
    whole = np.isfinite(jacobians).all(axis=(1, 2))
    values = np.linalg.eigvals(jacobians[whole]).astype(np.complex128)
    found[whole] = np.take_along_axis(values, np.argsort(-np.abs(values), axis=1, kind="stable"), axis=1)
    return found
