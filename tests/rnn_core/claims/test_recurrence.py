from __future__ import annotations

import torch

from rnn_core.claims.recurrence import BAG, FEW, MANY, SIX, WINDOW, lengths, order
from rnn_core.models import registry
from rnn_core.models.language_model import NextOutput
from rnn_core.specs import BaselineSpec


def count(spec: BaselineSpec) -> int:
    model: NextOutput = registry.family_of(spec).load(spec)
    return sum(one.numel() for one in model.hidden.parameters())  # type: ignore[attr-defined]


def test_a_window_learns_a_block_of_weights_a_place() -> None:
    found = lengths()
    wide = count(WINDOW)  # of eight words
    a_place = (found["mlp_many"] - found["mlp_few"]) / (MANY - FEW)
    assert found["mlp_few"] == wide - (8 - FEW) * a_place


def test_the_order_of_a_bag_is_nothing_to_torch_either() -> None:
    model = registry.family_of(BAG).load(BAG)
    words = torch.tensor([[1, 2, 3], [3, 2, 1]])
    with torch.inference_mode():
        one, other = model(words)[:, -1]
    assert torch.equal(one, other)
    assert order()["bag"] == 0
    assert len(SIX) == 6
