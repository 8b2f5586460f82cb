"""torch's kernels on a module's weights are the module, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils import prune

import rnn_core as rc
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


@pytest.mark.parametrize("change", ["pruned", "weight norm", "spectral norm"])
def test_what_makes_the_weights_anew_is_recorded_and_left_as_it_was(change: str) -> None:
    module, x, name = nn.GRU(3, 4, 2, dropout=0.5), torch.randn(5, 3), "weight_hh_l0"
    {
        "pruned": lambda: prune.l1_unstructured(module, name, 0.5),
        "weight norm": lambda: nn.utils.parametrizations.weight_norm(module, name),
        "spectral norm": lambda: nn.utils.parametrizations.spectral_norm(module, name),
    }[change]()
    before = {key: values.clone() for key, values in module.state_dict().items()}
    assert rc.record(module, x).parity < 1e-5
    shares = rc.backpropagate(module, x, lambda output: output.sum()).weight_steps(name)
    assert np.isfinite(shares).all()
    assert module.training
    assert all(one.training for one in module.modules())
    assert all(torch.equal(values, before[key]) for key, values in module.state_dict().items())
    module(x)[0].sum().backward()


def test_a_class_is_named_as_it_is_imported() -> None:
    assert path_of(nn.GRU(2, 3)) == "torch.nn.modules.rnn.GRU"
