"""What is put in the place of a recurrent module's first weights, to see what it does: in place, in all its layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import torch
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

AWAKE = 1.0  # the bias of a ReLU network that is to keep all of its units


def set_recurrent_blocks(
    module: nn.RNNBase, start: Literal["identity", "orthogonal"], generator: torch.Generator
) -> None:
    """Put an identity, or an orthogonal matrix that the generator draws, in the place of each block of W_hh.

    Example:
        >>> from rnn_core.runtime import generator
        >>> module = nn.RNN(3, 2)
        >>> set_recurrent_blocks(module, "identity", generator(0))
        >>> module.weight_hh_l0.tolist()
        [[1.0, 0.0], [0.0, 1.0]]
    """
    with torch.no_grad():
        for weight in _named(module, "weight_hh"):
            for block in weight.chunk(len(weight) // module.hidden_size):
                if start == "identity":
                    nn.init.eye_(block)
                else:
                    nn.init.orthogonal_(block, generator=generator)


def set_bias(module: nn.RNNBase, value: float, units: slice = slice(None)) -> None:
    """Let the two biases of some of the stacked units be `value` together: the input's has it, the state's is 0."""
    with torch.no_grad():
        for bias in _named(module, "bias_ih"):
            bias[units] = value
        for bias in _named(module, "bias_hh"):
            bias[units] = 0.0


def set_forget_bias(module: nn.LSTM, value: float) -> None:
    """Give the forget gates this bias."""
    set_bias(module, value, slice(module.hidden_size, 2 * module.hidden_size))  # torch stacks i, f, g, o


def _named(module: nn.RNNBase, room: str) -> Iterator[Tensor]:
    return (weight for name, weight in module.named_parameters() if name.startswith(room))
