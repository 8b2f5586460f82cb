"""What a loss says of a minGRU or minLSTM: its states reach each other unit by unit, so the way back is a product.

    ∂L/∂h_t = what stands above + a_{t+1} ⊙ ∂L/∂h_{t+1},  ∂h_t/∂h_{t−1} = diag(a_t)
    ∂h_t/∂x_s = diag(a_t ⊙ … ⊙ a_{s+1}) ∂h_s/∂x_s, h_{s−1} held

In float64, as everywhere here.
"""

from __future__ import annotations

import copy

import torch
from jaxtyping import Float
from numpy.typing import ArrayLike
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.gradients.gradient_trace import Factors, Float64
from rnn_core.recurrent.inputs import State, as_tensor, lay_out
from rnn_core.recurrent.minimal import MinimalCell, begun, follow

SOURCES = ("input", "hidden")
SHARES = "linear.weight"  # its only matrix


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
) -> tuple[Float[Tensor, "T B H"], Float[Tensor, "T B D"], dict[str, Factors]]:
    """∂L/∂h_t over all paths, ∂L/∂x_t, and what each step's shares of ∂L/∂W are made of, by the parameter's name.

    Args:
        module: the layer.
        inputs: in its layout.
        above: ∂L/∂h_t by its own step's way alone, time first.
        state: the initial state, zeros where it is None.
    """
    found, _ = lay_out(as_tensor(inputs, "inputs", module.linear.weight), module)
    with torch.inference_mode(False):
        x, rest = found.detach().clone().double(), precise(module)
        weight, summed = rest.linear.weight.detach(), rest.linear(x).detach().requires_grad_()
        rest.register_module("linear", nn.Identity())  # what follows the matrix is left
        a, b = rest.coefficients(summed)
        before = _before(a.detach(), b.detach(), state)
        by_h = follow(torch.cat([torch.zeros_like(a[:1]), a.detach()[1:].flip(0)]), above.flip(0)).flip(0)
        (by_sum,) = torch.autograd.grad((a, b), summed, (by_h * before, by_h))
    # ∂L/∂W = Σ_t ∂L/∂(W x_t + b) ⊗ x_t
    left = by_sum.numpy()
    return by_h, by_sum @ weight, {SHARES: (left, x.numpy()), "linear.bias": (left, None)}


def _before(a: Float[Tensor, T * N], b: Float[Tensor, T * N], state: State) -> Float[Tensor, T * N]:
    """h_{t−1} of every step, the first of them the initial state, zeros where it is None."""
    start = torch.zeros_like(b[:1]) if state is None else as_tensor(state, "state", b).reshape(b[:1].shape)
    return torch.cat([start, follow(a, begun(a, b, start))[:-1]])


def influence_map(
    module: MinimalCell, inputs: Tensor | ArrayLike, source: str = "input", state: State = None
) -> Float64:
    """‖∂h_t/∂x_s‖, or ‖∂h_t/∂h_s‖, for every t and s: (T, T).

    Raises:
        KiokuError: a batch, or a source that is not one of `SOURCES`.

    Example:
        >>> from rnn_core.recurrent.minimal import MinLSTM
        >>> found = influence_map(MinLSTM(3, 4), torch.randn(6, 3), "hidden")
        >>> found.shape, float(found[0, 5]), float(found[5, 5])
        ((6, 6), 0.0, 2.0)
    """
    if source not in SOURCES:
        raise KiokuError("unknown_source", given=source, cell=type(module).__name__, known=", ".join(SOURCES))
    given, batched = lay_out(as_tensor(inputs, "inputs", module.linear.weight), module)
    if batched:
        raise KiokuError("influence_batch", size=module.input_size, shape=str(tuple(given.shape)))
    with torch.inference_mode(False):
        x, layer = given.detach().clone().double()[:, 0], precise(module).requires_grad_(False)
        a, b = layer.coefficients(x)
        before = _before(a, b, state)  # (T, H)

        def step(x_s: Tensor, h: Tensor) -> Tensor:
            a_s, b_s = layer.coefficients(x_s)
            return a_s * h + b_s

        own = torch.ones_like(a)  # ‖∂h_s/∂source‖ of each unit, (T, H)
        if source == "input":
            own = torch.linalg.vector_norm(torch.func.vmap(torch.func.jacrev(step))(x, before), dim=2)
        found, left = torch.zeros(len(x), len(x), dtype=torch.float64), own[:0]
        for t, a_t in enumerate(a):
            left = torch.cat([left * a_t, own[t : t + 1]])
            found[t, : t + 1] = torch.linalg.vector_norm(left, dim=1)
    whole: Float64 = found.numpy()
    return whole
