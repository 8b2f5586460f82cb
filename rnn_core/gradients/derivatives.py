"""The equations of `cells.py`, differentiated at what was recorded: how each step answers to a small change.

Whatever a gate does to a small change, it does unit by unit: a derivative is a factor for each step, gate and unit.
Between the steps stand the weights. Both ways through time are built from these: backwards from a loss
(`backpropagation.py`) and forwards from a cause (`jacobians.py`).

Letters: T time, B batch, D input, H hidden, P what h is projected to, G gates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from jaxtyping import Float
from torch import Tensor

from rnn_core.recurrent.cells import STEPS, Weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from rnn_core.quantities import Cell
    from rnn_core.recurrent.inputs import CheckedModule
    from rnn_core.recurrent.trace import Trace

    Read = Callable[[str], Tensor]


@dataclass(frozen=True, eq=False)
class LocalDerivatives:
    """One direction of one layer, in the order in which it reads, at what was recorded.

    With a^x = W_ih x + b_ih and a^h = W_hh h + b_hh, both stacked as torch stacks them, and with m = o ⊙ tanh(c) for
    what the LSTM shows before it is projected:

    Attributes:
        weights: in float64, as everything here.
        x, before: x_t (T, B, D) and h_{t−1} (T, B, P).
        by_input: (T, B, G, H), ∂h_t/∂a^x; for the LSTM ∂c_t/∂a^x of i, f, g and, at c_t held, ∂m_t/∂a^x of o.
        by_state: (T, B, G, H), the same for a^h.
        carry: (T, B, H), what goes past the weights: f (∂c_t/∂c_{t−1}), z (∂h_t/∂h_{t−1}), 0 for the RNN.
        by_cell: (T, B, H), ∂m_t/∂c_t; LSTM only.
        unprojected: (T, B, H), m_t; LSTM only.
    """

    weights: Weights
    x: Float[Tensor, "T B D"]
    before: Float[Tensor, "T B P"]
    by_input: Float[Tensor, "T B G H"]
    by_state: Float[Tensor, "T B G H"]
    carry: Float[Tensor, "T B H"]
    by_cell: Float[Tensor, "T B H"] | None = None
    unprojected: Float[Tensor, "T B H"] | None = None


def local_derivatives(checked: CheckedModule, trace: Trace, layer: int, direction: int) -> LocalDerivatives:
    """The derivatives of one direction of one layer, at what `trace` holds of this module.

    In float64 whatever the dtype of the states: near saturation 1 − h² would lose half of float32's digits.
    """

    def as_read(values: Tensor) -> Tensor:
        return values if direction == 0 else values.flip(0)

    def read(key: str, layer: int = layer, direction: int = direction) -> Tensor:
        values = torch.tensor(trace.layers[layer][direction][key], dtype=torch.float64)
        return values if checked.batched else values[:, None]

    if layer == 0:
        x = checked.inputs.double()  # (T, B, D)
    else:
        x = torch.cat([read("hidden_state", layer - 1, d) for d in range(checked.directions)], dim=-1)
    h0, c0 = checked.start(layer, direction)
    weights = double(checked.layers[layer][direction])
    before = _shifted(as_read(read("hidden_state")), h0)  # (T, B, P)
    factors = _factors(checked.cell, lambda key: as_read(read(key)), before, c0, weights)
    return LocalDerivatives(weights, as_read(x), before, **factors)


def derivatives_at(
    cell: Cell, weights: Weights, x: Float[Tensor, "T D"], h: Float[Tensor, "T P"], c: Float[Tensor, "T H"] | None
) -> tuple[LocalDerivatives, Tensor]:
    """Each step from a state of one's own, not from the one that the step before gave.

    Args:
        cell: of the weights.
        weights: in float64, as all that follows.
        x: what each step reads.
        h, c: the state from which each step starts; c of an LSTM only.

    Returns:
        the derivatives of T steps of one sequence, and the state after each, (T, P), of an LSTM h and c, (T, P + H).
    """
    # one step of T sequences: what was the batch becomes time
    found = STEPS[cell](x[None], h[None], c, weights)
    factors = _factors(cell, found.__getitem__, h[None], c, weights)
    after = [found[key][0] for key in ("hidden_state", "cell_state") if key in found]
    turned = {name: values.transpose(0, 1) for name, values in factors.items()}
    return LocalDerivatives(weights, x[:, None], h[:, None], **turned), torch.cat(after, dim=1)


def _factors(cell: Cell, read: Read, before: Tensor, c0: Tensor | None, weights: Weights) -> dict[str, Tensor]:
    if cell == "lstm":
        assert c0 is not None  # `check_inputs` gives every lstm one
        return _lstm(read, c0)
    return _gru(read, before, weights) if cell == "gru" else _rnn(read, weights)


def double(weights: Weights) -> Weights:
    """The same weights in float64."""
    ih, hh = weights.ih.detach().double(), weights.hh.detach().double()
    others = (weights.bias_ih, weights.bias_hh, weights.projection)
    bias_ih, bias_hh, projection = (None if weight is None else weight.detach().double() for weight in others)
    return Weights(ih, hh, bias_ih, bias_hh, projection, weights.relu)


def _shifted(states: Tensor, start: Tensor) -> Tensor:
    """The states *before* each step, (T, B, ·)."""
    return torch.cat([start[None].to(states.dtype), states[:-1]])


def _rnn(read: Read, weights: Weights) -> dict[str, Tensor]:
    h = read("hidden_state")  # (T, B, H)
    # h = tanh(a): ∂h/∂a = 1 − h²;  h = relu(a): 1 where a > 0, else 0
    slope = (h > 0).to(h.dtype) if weights.relu else 1 - h * h
    return {"by_input": slope[:, :, None], "by_state": slope[:, :, None], "carry": torch.zeros_like(h)}


def _lstm(read: Read, c0: Tensor) -> dict[str, Tensor]:
    i, f, g, o = (read(key) for key in ("input_gate", "forget_gate", "cell_candidate", "output_gate"))  # (T, B, H)
    c = read("cell_state")
    before, tanh_c = _shifted(c, c0), c.tanh()
    by_gate = torch.stack(
        [
            g * i * (1 - i),  # ∂c_t/∂a_i
            before * f * (1 - f),  # ∂c_t/∂a_f = c_{t−1} ⊙ f ⊙ (1 − f)
            i * (1 - g * g),  # ∂c_t/∂a_g
            tanh_c * o * (1 - o),  # ∂m_t/∂a_o
        ],
        dim=2,
    )  # (T, B, 4, H)
    # m = o ⊙ tanh(c): ∂m/∂c = o ⊙ (1 − tanh²(c))
    by_cell = o * (1 - tanh_c * tanh_c)
    return {"by_input": by_gate, "by_state": by_gate, "carry": f, "by_cell": by_cell, "unprojected": o * tanh_c}


def _gru(read: Read, before: Tensor, weights: Weights) -> dict[str, Tensor]:
    r, z, n = (read(key) for key in ("reset_gate", "update_gate", "candidate"))  # each (T, B, H)
    h_n = torch.nn.functional.linear(before, weights.hh, weights.bias_hh).chunk(3, dim=-1)[2]  # W_hn h_{t−1} + b_hn
    # h_t = z ⊙ h_{t−1} + (1 − z) ⊙ n, n = tanh(a^x_n + r ⊙ a^h_n)
    by_n = (1 - z) * (1 - n * n)  # ∂h_t/∂a^x_n
    by_r = by_n * h_n * r * (1 - r)
    by_z = (before - n) * z * (1 - z)
    by_input = torch.stack([by_r, by_z, by_n], dim=2)  # (T, B, 3, H)
    return {"by_input": by_input, "by_state": torch.stack([by_r, by_z, by_n * r], dim=2), "carry": z}
