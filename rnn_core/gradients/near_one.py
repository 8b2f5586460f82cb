"""Products of many matrices leave the range of floats: each is brought near 1, and its power of two kept beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rnn_core.gradients.gradient_trace import Float64

    Exponents = NDArray[np.int64]

# What is nearer to 1 than this can be multiplied once more.
NEAR = {torch.float32: 1e-6, torch.float64: 1e-60}


def frobenius(matrices: Float[Tensor, "n M N"]) -> Float64:
    """The Frobenius norm of each."""
    found: Float64 = torch.linalg.vector_norm(matrices, dim=(1, 2)).double().numpy()
    return found


def rescale(*parts: Float[Tensor, "n M _"]) -> Exponents:
    """Bring each of n matrices that is far from 1 near it, in place, by a power of two; the exponents.

    Shapes: all parts of the matrices, (n, M, ·) each → (n,).
    """
    sizes = np.hypot.reduce([frobenius(part) for part in parts])
    far = ~((sizes > NEAR[parts[0].dtype]) & (sizes < 1 / NEAR[parts[0].dtype]))
    if not far.any() or 0 in parts[0].shape:
        return np.zeros(len(sizes), np.int64)
    largest = torch.stack([part.abs().flatten(1).amax(dim=1) for part in parts]).amax(dim=0).double().numpy()
    exponents = np.where(far & np.isfinite(largest), np.frexp(largest)[1], 0)
    for part in parts:
        part.mul_(torch.from_numpy(np.ldexp(1.0, -exponents)).to(part.dtype)[:, None, None])
    return exponents.astype(np.int64)
