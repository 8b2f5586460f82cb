"""torch's kernels on a module's weights are the module, bit for bit."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from rnn_core.recurrent.fused import altered, exact_mode, path_of, run_layer
from rnn_core.recurrent.inputs import check_inputs


@pytest.mark.parametrize("kind", [nn.RNN, nn.LSTM, nn.GRU])
def test_layer_by_layer_it_is_what_the_module_computes(kind: type[nn.RNNBase]) -> None:
    module, x = kind(3, 4, 2, bidirectional=True), torch.randn(5, 2, 3)
    with exact_mode():
        checked, own = check_inputs(module, x), module(x)[0]
        for layer in range(2):
            x = run_layer(checked, x, layer)
    assert torch.equal(x, own)


def test_what_may_stand_between_weights_and_output_is_seen() -> None:
    module = nn.GRU(2, 3)
    assert not altered(module)
    module.register_forward_pre_hook(lambda *_: None)
    assert altered(module)
    other = nn.GRU(2, 3)
    other.forward = lambda *_: None  # type: ignore[method-assign,assign,return-value]
    assert altered(other)


def test_a_class_is_named_as_it_is_imported() -> None:
    assert path_of(nn.GRU(2, 3)) == "torch.nn.modules.rnn.GRU"
