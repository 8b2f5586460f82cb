"""The norms of all products P_t S_s of two lists of matrices, without a product for each pair."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from rnn_core.gradients.near_one import frobenius

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rnn_core.gradients.gradient_trace import Float64


Matrices = Sequence[Float[Tensor, "_ _ N"]]  # in pieces, as they were made
Squares = dict[tuple[int, int], Tensor]  # AᵀA in blocks, on and above the diagonal, (n, ·, ·) each
CANCELS = 1e3  # how much larger than their sum the parts of a square may be
FINE = 128  # columns of a block of a square: what lies below the diagonal of one is computed for nothing


def paired(reaches: Matrices, by_t: Squares, answers: Matrices, by_s: Squares) -> Float64:
    """‖P_t S_s‖ for all t and s at once, from P and Sᵀ, PᵀP and SSᵀ: (t, s).

    ‖P S‖² = tr(PᵀP SSᵀ): two symmetric matrices multiplied entry by entry, for each t one and for each s one. Where so
    much cancels that digits are lost, P and S themselves are multiplied; in float32 that loses them too, and it is NaN.
    """
    squares, bounds = reaches[0].new_zeros(2, len(by_t[0, 0]), len(by_s[0, 0]))
    for (i, j), block in by_t.items():
        squares.addmm_(block.flatten(1), by_s[i, j].flatten(1).T, alpha=1 if i == j else 2)
        if i == j:  # ‖P S‖ ≤ Σ_k ‖column k of P‖ ‖row k of S‖
            columns, rows = (one.diagonal(dim1=1, dim2=2).sqrt() for one in (block, by_s[i, j]))
            bounds.addmm_(columns, rows.T)
    found: Float64 = squares.clamp(min=0).sqrt().double().numpy()
    lost = (~(squares * CANCELS > bounds.square())).numpy()
    if lost.any():
        _mend(found, lost, reaches, answers)
    return found


def block_squares(matrices: Matrices) -> Squares:
    """AᵀA of each A: the blocks on and above the diagonal."""
    fine = [torch.split(some, FINE, dim=2) for some in matrices]
    ends = list(accumulate(len(pieces[0]) for pieces in fine))
    found = {}
    for i, j in combinations_with_replacement(range(len(fine[0])), 2):
        found[i, j] = square = fine[0][i].new_empty(ends[-1], fine[0][i].shape[2], fine[0][j].shape[2])
        for pieces, end in zip(fine, ends, strict=True):
            torch.bmm(pieces[i].mT, pieces[j], out=square[end - len(pieces[i]) : end])
    return found


def _mend(found: Float64, lost: NDArray[np.bool_], reaches: Matrices, answers: Matrices) -> None:
    """Put in by the products themselves what was lost."""
    rows = [row for some in reaches for row in some]
    end = 0
    for answer in answers:
        begin, end = end, end + len(answer)
        for t in np.flatnonzero(lost[:, begin:end].any(axis=1)):
            places = np.flatnonzero(lost[t, begin:end])
            found[t, begin + places] = _multiplied(rows[t], answer[places])


def _multiplied(reach: Float[Tensor, "P N"], answers: Float[Tensor, "n M N"]) -> Float64 | float:
    """‖P S‖ for one t and some s, by the product itself; NaN in float32."""
    if reach.dtype != torch.float64:
        return np.nan
    return frobenius(answers @ reach.T)
