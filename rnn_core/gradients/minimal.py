"""What a loss says of a minGRU or minLSTM: its states reach each other unit by unit, so the way back is a product.

    ∂L/∂h_t = what stands above + a_{t+1} ⊙ ∂L/∂h_{t+1},  ∂h_t/∂h_{t−1} = diag(a_t)

In float64, as everywhere here.
"""

from __future__ import annotations

import copy

import torch
from jaxtyping import Float
from torch import Tensor

from rnn_core.recurrent.inputs import State, as_tensor, lay_out
from rnn_core.recurrent.minimal import MinimalCell, begun, follow


def precise(module: MinimalCell) -> MinimalCell:
    """A copy in float64."""
    return copy.deepcopy(module).double()


def kept(module: MinimalCell, inputs: Tensor) -> Float[Tensor, "T B H"]:
    """a_t, how much of each unit each step keeps: the diagonal of its Jacobian, all else of which is 0.

    Example:
        >>> from rnn_core.recurrent.minimal import MinGRU
        >>> layer, x = MinGRU(3, 4), torch.randn(6, 3)
        >>> kept(layer, x).shape
        torch.Size([6, 1, 4])
    """
    x, _ = lay_out(as_tensor(inputs, "inputs", module.linear.weight), module)
    with torch.inference_mode():
        found: Tensor = precise(module).coefficients(x.double())[0]
    return found


def trace_back(
    module: MinimalCell, inputs: Tensor, above: Float[Tensor, "T B H"], state: State = None
) -> tuple[Float[Tensor, "T B H"], Float[Tensor, "T B D"]]:
    """∂L/∂h_t over all paths, and ∂L/∂x_t, from what stands above each state.

    Args:
        module: the layer.
        inputs: in its layout.
        above: ∂L/∂h_t by its own step's way alone, time first.
        state: the initial state, zeros where it is None.
    """
    found, _ = lay_out(as_tensor(inputs, "inputs", module.linear.weight), module)
    with torch.inference_mode(False):
        x = found.detach().clone().double().requires_grad_()
        a, b = precise(module).coefficients(x)
        start = torch.zeros_like(b[:1]) if state is None else as_tensor(state, "state", b).reshape(b[:1].shape)
        states = follow(a.detach(), begun(a.detach(), b.detach(), start))
        by_h = follow(torch.cat([torch.zeros_like(a[:1]), a.detach()[1:].flip(0)]), above.flip(0)).flip(0)
        before = torch.cat([start, states[:-1]])
        (by_input,) = torch.autograd.grad((a, b), x, (by_h * before, by_h))
    return by_h, by_input
