"""Files of weights as readers have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import save
from torch import nn

from rnn_core.models.initial_values import InitialValues
from rnn_core.own.files import open_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from rnn_core.own.files import OwnFile


def module(kind: Callable[..., nn.RNNBase] = nn.LSTM, inputs: int = 3, units: int = 5, **options: object) -> nn.RNNBase:
    with InitialValues(seed=1):
        return kind(inputs, units, **options)


def stored(one: nn.RNNBase, prefix: str = "") -> dict[str, torch.Tensor]:
    return {prefix + name: weight for name, weight in one.state_dict().items()}


def packed(*modules: nn.RNNBase, ignored: int = 0) -> bytes:
    """A file of these modules, called a, b, …, and of some other tensors."""
    weights = {f"other.{at}": torch.zeros(2) for at in range(ignored)}
    for letter, one in zip("abcdef", modules, strict=False):
        weights |= stored(one, f"{letter}.")
    return save(weights)


def opened(*modules: nn.RNNBase, ignored: int = 0) -> OwnFile:
    return open_file("own.safetensors", packed(*modules, ignored=ignored))
