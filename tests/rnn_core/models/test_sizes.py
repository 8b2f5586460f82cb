from __future__ import annotations

import pytest
import torch

from rnn_core import order
from rnn_core.models import sizes
from rnn_core.models.language_model import EMBEDDING
from rnn_core.specs import BaselineSpec

H = order.HIDDEN


@pytest.mark.parametrize("length", [1, 7, 60])
def test_a_window_grows_by_the_same_for_each_word(length: int) -> None:
    module = torch.nn.Linear(length * EMBEDDING, H)
    expected = sum(weight.numel() for weight in module.parameters())
    assert sizes.by_length(BaselineSpec(kind="window", words=2, hidden=H), (length,)) == (expected,)


@pytest.mark.parametrize(
    ("spec", "module"),
    [
        (order.READERS[0], torch.nn.Linear(EMBEDDING, H)),
        (order.READERS[2], torch.nn.Conv1d(EMBEDDING, H, order.KERNEL)),
        *zip(
            order.RECURRENT, (kind(EMBEDDING, H) for kind in (torch.nn.RNN, torch.nn.LSTM, torch.nn.GRU)), strict=True
        ),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_every_other_network_is_the_same_whatever_the_length(spec: order.NetworkSpec, module: torch.nn.Module) -> None:
    expected = sum(weight.numel() for weight in module.parameters())
    assert sizes.by_length(spec, (1, 8, 60)) == (expected,) * 3
