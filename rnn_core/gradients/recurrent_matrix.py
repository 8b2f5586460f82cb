"""The recurrent matrix: its eigenvalues and singular values, its spectral radius, and the knob that turns it.

W_hh holds one square block for each gate. The radius ρ is a guide and decides nothing: what one step of a tanh network
can stretch at most is the largest singular value of its block, which has to be above 1 for growth (necessary, not
sufficient: R. Pascanu, T. Mikolov & Y. Bengio, ICML 2013). ρ < 1 forbids only that a linear recurrence grows for ever.
In the gated cells the candidate's block is the one whose radius the knob sets.
"""

from __future__ import annotations

import copy
import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils import parametrize

from rnn_core.errors import KiokuError
from rnn_core.gradients.singular_values import solve_largest
from rnn_core.quantities import Cell
from rnn_core.recurrent.cells import Weights
from rnn_core.recurrent.directions import within
from rnn_core.recurrent.inputs import weights_of

BLOCKS: dict[Cell, tuple[str, ...]] = {
    "rnn": ("preactivation",),
    "lstm": ("input_gate", "forget_gate", "cell_candidate", "output_gate"),
    "gru": ("reset_gate", "update_gate", "candidate"),
}
CANDIDATE: dict[Cell, str] = {"rnn": "preactivation", "lstm": "cell_candidate", "gru": "candidate"}


def eigenvalues(module: nn.RNNBase, layer: int = 0, direction: int = 0) -> dict[str, NDArray[np.complex128]]:
    """The eigenvalues of each block of W_hh, by the quantity that the block drives, the largest first.

    Shapes: (H,) each, complex128. With a projection, of block · W_hr, which is what acts from step to step.

    Raises:
        KiokuError: a module that cannot be recorded, or no such layer or direction.

    Example:
        >>> [(block, values.shape) for block, values in eigenvalues(nn.GRU(3, 4)).items()]
        [('reset_gate', (4,)), ('update_gate', (4,)), ('candidate', (4,))]
    """
    cell, layers = weights_of(module)
    directions = layers[within("layer", layer, len(layers))]
    return _eigenvalues(cell, directions[within("direction", direction, len(directions))])


def spectral_radius(module: nn.RNNBase, layer: int = 0, direction: int = 0) -> dict[str, float]:
    """ρ of each block of W_hh, by the quantity that the block drives: the largest |eigenvalue|.

    Raises:
        KiokuError: a module that cannot be recorded, or no such layer or direction.

    Example:
        >>> module = nn.RNN(3, 4)
        >>> with torch.no_grad():
        ...     _ = module.weight_hh_l0.copy_(1.1 * torch.eye(4))
        >>> round(spectral_radius(module)["preactivation"], 6)
        1.1
    """
    return {block: float(np.abs(values[0])) for block, values in eigenvalues(module, layer, direction).items()}


def largest_singular_values(module: nn.RNNBase, layer: int = 0, direction: int = 0) -> dict[str, float]:
    """σ_max of each block of W_hh, by the quantity that the block drives; with a projection, of block · W_hr.

    Raises:
        KiokuError: a module that cannot be recorded, or no such layer or direction.

    Example:
        >>> module = nn.RNN(3, 2)
        >>> with torch.no_grad():
        ...     _ = module.weight_hh_l0.copy_(torch.tensor([[2.0, 2.0], [-2.0, -2.0]]))  # of which ρ is 0
        >>> round(largest_singular_values(module)["preactivation"], 6)
        4.0
    """
    cell, layers = weights_of(module)
    directions = layers[within("layer", layer, len(layers))]
    blocks = _blocks(cell, directions[within("direction", direction, len(directions))])
    return dict(zip(blocks, solve_largest(np.stack(list(blocks.values()))).tolist(), strict=True))


def scale_recurrent(module: nn.RNNBase, rho: float) -> nn.RNNBase:
    """A copy with all of W_hh multiplied so that its RNN matrix, or its candidate's block, has the spectral radius ρ.

    Every layer and direction is scaled by its own factor; its other blocks go along with it. ρ = 0 makes W_hh = 0.
    A parametrised W_hh becomes a plain one in the copy. The module itself stays as it is.

    Raises:
        KiokuError: a module that cannot be recorded, a ρ that is not a finite number ≥ 0, or a matrix with radius 0
            (or so near it that the multiple is not finite), of which no multiple has a radius ρ > 0.

    Example:
        >>> round(spectral_radius(scale_recurrent(nn.LSTM(3, 4), 0.9))["cell_candidate"], 4)
        0.9
    """
    rho = _radius(rho)
    cell, layers = weights_of(module)
    copied = copy.deepcopy(module)
    for layer, directions in enumerate(layers):
        for direction, weights in enumerate(directions):
            name = f"weight_hh_l{layer}{'_reverse' if direction else ''}"
            scaled = _scaled(weights.hh, rho, float(np.abs(_eigenvalues(cell, weights)[CANDIDATE[cell]][0])), name)
            if parametrize.is_parametrized(copied, name):
                parametrize.remove_parametrizations(copied, name)
            with torch.no_grad():
                getattr(copied, name).copy_(scaled)
    return copied


def _blocks(cell: Cell, weights: Weights) -> dict[str, NDArray[np.float64]]:
    """What acts from step to step, (H, H) each: with a projection the state that h_{t−1} came from, by block · W_hr."""
    found = {}
    for name, block in zip(BLOCKS[cell], weights.hh.detach().double().chunk(len(BLOCKS[cell])), strict=True):
        square = block if weights.projection is None else block @ weights.projection.detach().double()
        found[name] = square.numpy()
    return found


def _eigenvalues(cell: Cell, weights: Weights) -> dict[str, NDArray[np.complex128]]:
    found = {}
    for name, square in _blocks(cell, weights).items():
        values = np.linalg.eigvals(square).astype(np.complex128)
        found[name] = values[np.argsort(-np.abs(values), kind="stable")]
    return found


def _scaled(recurrent: Tensor, rho: float, given: float, name: str) -> Tensor:
    if rho == 0:
        return torch.zeros_like(recurrent)
    scaled = recurrent.detach().double() * (rho / given if given else math.inf)
    scaled = scaled.to(recurrent.dtype)
    if not scaled.isfinite().all():
        raise KiokuError("no_radius", rho=rho, name=name, given=given)
    return scaled


def _radius(given: object) -> float:
    try:
        rho = math.nan if isinstance(given, (bool, str, bytes)) else float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        rho = math.nan
    if not (math.isfinite(rho) and rho >= 0):
        raise KiokuError("bad_radius", given=repr(given))
    return rho
