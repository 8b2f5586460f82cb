"""The norms of all products P_t S_s of two lists of matrices, without a product for each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from rnn_core.gradients.near_one import frobenius

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jaxtyping import Float

    from rnn_core.gradients.gradient_trace import Float64
    from rnn_core.gradients.jacobians import Parts

    Squares = dict[tuple[int, int], Tensor]  # AᵀA in blocks, on and above the diagonal, (n, ·, ·) each

CANCELS = 1e3  # how much larger than their sum the parts of a square may be


def paired(reaches: Parts, by_t: Squares, answers: Parts, by_s: Squares) -> Float64:
    """‖P_t S_s‖ for all t and s at once, from Pᵀ and Sᵀ, PᵀP and SSᵀ: (t, s).

    ‖P S‖² = tr(PᵀP SSᵀ): two symmetric matrices multiplied entry by entry, for each t one and for each s one. Where so
    much cancels that digits are lost, P and S themselves are multiplied; in float32 that loses them too, and it is NaN.
    """
    squares, bounds = reaches[0].new_zeros(2, len(reaches[0]), len(answers[0]))
    for (i, j), block in by_t.items():
        squares.addmm_(block.flatten(1), by_s[i, j].flatten(1).T, alpha=1 if i == j else 2)
        if i == j:  # ‖P S‖ ≤ Σ_k ‖column k of P‖ ‖row k of S‖
            columns, rows = (one.diagonal(dim1=1, dim2=2).sqrt() for one in (block, by_s[i, j]))
            bounds.addmm_(columns, rows.T)
    found: Float64 = squares.clamp(min=0).sqrt().double().numpy()
    lost = ~(squares * CANCELS > bounds.square())
    for t in lost.any(dim=1).nonzero().flatten().tolist():
        some = [part[lost[t]] for part in answers]
        found[t, lost[t].numpy()] = _multiplied([part[t] for part in reaches], some)
    return found


def block_squares(columns: Sequence[Float[Tensor, "n K _"]]) -> Squares:
    """AᵀA of each A, whose columns come in parts: the blocks on and above the diagonal."""
    places = [(i, j) for i in range(len(columns)) for j in range(i, len(columns))]
    return {(i, j): columns[i].mT @ columns[j] for i, j in places}


def _multiplied(reach: Sequence[Float[Tensor, "_ P"]], answers: Sequence[Float[Tensor, "n M _"]]) -> Float64 | float:
    """‖P S‖ for one t and some s, by the product itself; NaN in float32."""
    if reach[0].dtype != torch.float64:
        return np.nan
    return frobenius(torch.stack([values @ part for values, part in zip(answers, reach, strict=True)]).sum(0))
