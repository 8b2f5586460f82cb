"""What is put in the place of first weights is there, in every layer and direction, and nothing else changes."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from rnn_core import runtime
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.overrides import set_bias, set_forget_bias, set_recurrent_blocks


def module(kind: type[nn.RNNBase] = nn.LSTM) -> nn.RNNBase:
    with InitialValues(seed=0):
        return kind(3, 4, num_layers=2, bidirectional=True)


@pytest.mark.parametrize("kind", [nn.RNN, nn.GRU, nn.LSTM])
@pytest.mark.parametrize("start", ["identity", "orthogonal"])
def test_every_block_is_such_a_matrix(kind: type[nn.RNNBase], start: str) -> None:
    changed, plain = module(kind), module(kind)
    set_recurrent_blocks(changed, start, runtime.generator(0))
    for name, weight in changed.named_parameters():
        if not name.startswith("weight_hh"):
            assert torch.equal(weight, dict(plain.named_parameters())[name])
            continue
        for block in weight.detach().split(4):
            torch.testing.assert_close(block @ block.T, torch.eye(4))
            assert torch.equal(block, torch.eye(4)) == (start == "identity")


def test_a_forget_bias_is_shared_by_no_other_gate() -> None:
    changed, plain = module(), module()
    set_forget_bias(changed, 2.5)
    for name, weight in changed.named_parameters():
        own = dict(plain.named_parameters())[name].detach()
        if name.startswith("bias"):
            assert (weight[4:8] == (2.5 if name.startswith("bias_ih") else 0.0)).all()
            own[4:8] = weight[4:8].detach()
        assert torch.equal(weight, own)


def test_a_bias_of_all_units() -> None:
    changed = module(nn.RNN)
    set_bias(changed, 1.0)
    assert (changed.bias_ih_l1_reverse == 1).all()
    assert not changed.bias_hh_l0.any()
