"""What most people write to look inside a recurrent layer: a Python loop that takes one step after the other.

The equations are those of `nn.RNNCell`, `nn.LSTMCell` and `nn.GRUCell`, spelled out since the cells themselves keep
their gates to themselves; each step's quantities are kept and stacked at the end. It is here to be measured against.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch.nn import functional

if TYPE_CHECKING:
    from torch import Tensor, nn


def rnn(module: nn.RNN, inputs: Tensor) -> dict[str, Tensor]:
    """Each quantity (T, B, H) of a one-layer tanh RNN."""
    h, steps = inputs.new_zeros(inputs.shape[1], module.hidden_size), []
    for x in inputs:
        a = functional.linear(x, module.weight_ih_l0, module.bias_ih_l0) + functional.linear(
            h, module.weight_hh_l0, module.bias_hh_l0
        )
        h = a.tanh()
        steps.append({"preactivation": a, "hidden_state": h})
    return stacked(steps)


def lstm(module: nn.LSTM, inputs: Tensor) -> dict[str, Tensor]:
    """Each quantity (T, B, H) of a one-layer LSTM."""
    h = c = inputs.new_zeros(inputs.shape[1], module.hidden_size)
    steps = []
    for x in inputs:
        a = functional.linear(x, module.weight_ih_l0, module.bias_ih_l0) + functional.linear(
            h, module.weight_hh_l0, module.bias_hh_l0
        )
        i, f, g, o = a.chunk(4, dim=-1)
        i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
        kept, written = f * c, i * g
        c = kept + written
        output = c.tanh()
        h = o * output
        gates = {"input_gate": i, "forget_gate": f, "cell_candidate": g, "output_gate": o}
        sums = {"kept": kept, "written": written, "cell_state": c, "cell_output": output}
        steps.append({**gates, **sums, "hidden_state": h})
    return stacked(steps)


def gru(module: nn.GRU, inputs: Tensor) -> dict[str, Tensor]:
    """Each quantity (T, B, H) of a one-layer GRU."""
    h, steps = inputs.new_zeros(inputs.shape[1], module.hidden_size), []
    for x in inputs:
        x_r, x_z, x_n = functional.linear(x, module.weight_ih_l0, module.bias_ih_l0).chunk(3, dim=-1)
        h_r, h_z, h_n = functional.linear(h, module.weight_hh_l0, module.bias_hh_l0).chunk(3, dim=-1)
        r, z = (x_r + h_r).sigmoid(), (x_z + h_z).sigmoid()
        n = (x_n + r * h_n).tanh()
        kept, written = z * h, (1 - z) * n
        h = kept + written
        names = ("reset_gate", "update_gate", "candidate", "kept", "written", "hidden_state")
        steps.append(dict(zip(names, (r, z, n, kept, written, h), strict=True)))
    return stacked(steps)


def stacked(steps: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    return {key: torch.stack([step[key] for step in steps]) for key in steps[0]}


LOOPS = {"rnn": rnn, "lstm": lstm, "gru": gru}
