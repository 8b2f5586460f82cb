"""`influence`: how strongly each step's state depends on each earlier input or state, as a T × T map.

The chain rule from s to t is a product of Jacobians, and all s can go forward together, one matrix product a step. In
strides it takes half as long, wherever no digits are lost by it. Only wide float32 layers are computed in float32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.jacobians import StepMaps, sequence_maps

if TYPE_CHECKING:
    from jaxtyping import Float
    from numpy.typing import NDArray

    from rnn_core.gradient_trace import Float64

SOURCES = ("input", "hidden", "cell")
WIDE = 48  # the size of a state from which float32 pays; below it, a single cancellation costs it the most digits
STRIDE = 13  # measured best for 50 steps of 64 units; 8 and 17 are a tenth slower
SMALL = {torch.float32: 1e-15, torch.float64: 1e-140}  # what is smaller, or larger than 1 / SMALL, can't be squared
CANCELS = 1e3  # how much larger than their sum the parts of a square may be


def influence(
    module: nn.RNNBase, inputs: Tensor | ArrayLike, source: str = "input", layer: int = 0, direction: int = 0
) -> Float64:
    """‖∂h_t/∂x_s‖, the Frobenius norm, for every t and s: a map (T, T) in float64, `map[t, s]`.

    One unbatched sequence, the initial state zero. Where s comes after t in the order of reading, the entry is exactly
    0; for the backward direction that order is the other way.

    Args:
        module: any `nn.RNN`, `nn.LSTM` or `nn.GRU`, in float32 or float64.
        inputs: (T, D), a tensor or array.
        source: with respect to what: "input", this layer's own input x_s (in a higher layer, the states below);
            "hidden", h_s, while c_s is held; "cell", c_s of an LSTM, its way through h_s included.
        layer, direction: whose h_t, and whose source.

    Raises:
        KiokuError: what `record` refuses, a batch, an unknown source, or no such layer or direction.

    Source: the product of Jacobians in R. Pascanu et al., ICML 2013, equation 5.

    Example:
        >>> import torch
        >>> found = influence(torch.nn.GRU(3, 4), torch.randn(6, 3), source="hidden")
        >>> found.shape, float(found[0, 5]), float(found[5, 5])
        ((6, 6), 0.0, 2.0)
    """
    with torch.inference_mode():
        maps = sequence_maps(module, inputs, None, layer, direction)
        known = SOURCES if maps.keep is not None else SOURCES[:2]
        if source not in known:
            raise KiokuError("unknown_source", given=source, cell=type(module).__name__, known=", ".join(known))
        quick = next(module.parameters()).dtype if maps.size >= WIDE else torch.float64
        found = _in_strides(maps.to(quick), source)
        if found is None:
            found = _straight(maps, source)
    return found if direction == 0 else found[::-1, ::-1]


def _straight(maps: StepMaps, source: str) -> Float64:
    """All s through all steps."""
    starts = maps.starts(source)  # (T, M, N)
    steps, rows = starts.shape[:2]
    found, exponents = np.zeros((steps, steps)), np.zeros((steps, steps), dtype=np.int64)
    exponent = np.zeros(steps, dtype=np.int64)
    now, then = torch.empty(2, steps * rows, maps.size, dtype=starts.dtype)
    for t in range(steps):
        maps.advance(t, now[: t * rows], then[: t * rows])
        then[t * rows : (t + 1) * rows] = starts[t]
        now, then = then, now
        reached = now[: (t + 1) * rows].view(t + 1, rows, maps.size)
        sizes = _norms(reached[:, :, : maps.visible])
        if not ((sizes > SMALL[torch.float64]) & (sizes < 1 / SMALL[torch.float64])).all():
            exponent[: t + 1] += _rescale(reached)
            sizes = _norms(reached[:, :, : maps.visible])
        found[t, : t + 1], exponents[t] = sizes, exponent
    return np.ldexp(found, exponents)


def _in_strides(maps: StepMaps, source: str) -> Float64 | None:
    """Within a stride step by step; what comes from before it in one go. None where digits would be lost.

    With P = ∂h_t/∂(state before the stride) and S = ∂(that state)/∂x_s, ‖P S‖² = tr(PᵀP SSᵀ): two symmetric matrices
    multiplied entry by entry. That gives every t with every s for the price of one matrix each.
    """
    starts = maps.starts(source)  # (T, M, N)
    steps, rows, size = starts.shape
    found, exponent = np.zeros((steps, steps)), np.zeros(0, dtype=np.int64)
    far = starts[:0]  # Sᵀ of all s before the stride, (·, M, N)
    carried = starts.new_empty(STRIDE, size, maps.visible)  # Pᵀ of each t in the stride
    now, then = starts.new_empty(2, size + STRIDE * rows, size)
    for begin in range(0, steps, STRIDE):
        end = min(begin + STRIDE, steps)
        now[:size] = torch.eye(size)
        for t in range(begin, end):
            reached = size + (t - begin) * rows
            maps.advance(t, now[:reached], then[:reached])
            then[reached : reached + rows] = starts[t]
            now, then = then, now
            near = now[size : reached + rows].view(t - begin + 1, rows, size)
            found[t, begin : t + 1] = _norms(near[:, :, : maps.visible])
            carried[t - begin] = now[:size, : maps.visible]
        sizes = np.append(found[begin:end, begin:end][np.tri(end - begin, dtype=bool)], _norms(carried[: end - begin]))
        if not ((sizes > SMALL[starts.dtype]) & (sizes < 1 / SMALL[starts.dtype])).all():
            return None
        if begin:
            pairs = _paired(carried[: end - begin], far)
            if pairs is None:
                return None
            found[begin:end, :begin] = np.ldexp(pairs, exponent)
        far = torch.cat([far @ now[:size], near])
        exponent = np.append(exponent, np.zeros(end - begin, dtype=np.int64)) + _rescale(far)
    return found


def _paired(carried: Float[Tensor, "t N P"], far: Float[Tensor, "s M N"]) -> Float64 | None:
    """‖P_t S_s‖ for all t and s at once, from Pᵀ and Sᵀ; None where so much cancels that digits are lost."""
    by_t = carried @ carried.mT  # PᵀP, (t, N, N)
    lengths_t = by_t.diagonal(dim1=1, dim2=2).sqrt()
    found = np.empty((len(carried), len(far)))
    for begin in range(0, len(far), STRIDE):  # in parts, since SSᵀ of all s would not stay in the cache
        by_s = far[begin : begin + STRIDE].mT @ far[begin : begin + STRIDE]  # SSᵀ, (·, N, N)
        squares = by_t.flatten(1) @ by_s.flatten(1).T  # (t, ·)
        # ‖P S‖ ≤ Σ_i ‖column i of P‖ ‖row i of S‖
        bounds = lengths_t @ by_s.diagonal(dim1=1, dim2=2).sqrt().T
        held = (squares * CANCELS > bounds.square()) & (squares > SMALL[far.dtype] ** 2)
        if not (held | (bounds == 0)).all():
            return None
        found[:, begin : begin + STRIDE] = squares.sqrt().numpy()
    return found


def _norms(matrices: Float[Tensor, "n M N"]) -> Float64:
    """The Frobenius norm of each."""
    found: Float64 = torch.linalg.vector_norm(matrices, dim=(1, 2)).numpy()
    return found


def _rescale(matrices: Float[Tensor, "n M N"]) -> NDArray[np.int64]:
    """Divide each, in place, by the power of two that brings its largest entry near 1; and give the exponents."""
    largest = matrices.abs().amax(dim=(1, 2)).numpy()
    exponents = np.where(np.isfinite(largest), np.frexp(largest)[1], 0)
    matrices.mul_(torch.from_numpy(np.ldexp(1.0, -exponents)).to(matrices.dtype)[:, None, None])
    return exponents.astype(np.int64)
