"""The gradients as plain arrays: norms that do not underflow, shares made of their factors."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from rnn_core.errors import KiokuError
from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.gradient_trace import GradientTrace, LayerGradients, norms


def trace() -> GradientTrace:
    layer = LayerGradients({"hidden_state": np.arange(12.0).reshape(3, 2, 2)})
    left, right = np.ones((3, 2, 4)), np.arange(30.0).reshape(3, 2, 5)
    return GradientTrace("rnn", 1.5, ((layer,),), np.zeros((3, 2, 5)), {"weight": (left, right), "bias": (left, None)})


@given(exponent=st.integers(-300, 300))
def test_norms_hold_over_the_whole_range_of_floats(exponent) -> None:
    found = norms(np.array([[[3.0, 0.0], [0.0, 4.0]]]) * 10.0**exponent)
    np.testing.assert_allclose(found, [5 * 10.0**exponent], rtol=1e-14)


def test_norms_keep_zero_nan_and_inf() -> None:
    found = norms(np.array([[0.0, 0.0], [np.inf, 1.0], [np.nan, 1.0], [-np.inf, 0.0]]))
    np.testing.assert_array_equal(found, [0, np.inf, np.nan, np.inf])


def test_shares_sum_over_the_batch() -> None:
    found = trace()
    assert found.weight_shares("weight").shape == (3, 4, 5)
    np.testing.assert_array_equal(
        found.weight_shares("weight")[1], np.tile(np.arange(10, 15) + np.arange(15, 20), (4, 1))
    )
    np.testing.assert_array_equal(found.weight_shares("bias"), np.full((3, 4), 2.0))
    np.testing.assert_array_equal(found.weight_steps("bias"), [4.0, 4.0, 4.0])


def test_a_layer_is_a_mapping_that_names_what_it_has() -> None:
    layer = trace().layers[0][0]
    assert (list(layer), len(layer), len(trace())) == (["hidden_state"], 1, 3)
    assert "hidden_state" in layer
    assert "cell_state" not in layer
    assert repr(layer) == "LayerGradients(hidden_state (3, 2, 2))"
    with pytest.raises(KiokuError, match="Choose one of: hidden_state"):
        layer["cell_state"]


def test_what_float32_would_lose_is_still_there() -> None:
    torch.manual_seed(0)
    module = nn.RNN(2, 4)
    with torch.no_grad():
        module.weight_hh_l0.copy_(0.1 * torch.eye(4))
    grads = backpropagate(module, torch.randn(250, 2) / 10, lambda output: output[-1].sum())
    sizes = grads.norms("hidden_state")
    assert sizes[-1] == pytest.approx(2)
    assert 0 < sizes[0] < 1e-249  # the square of it is 0 in float64, itself it is 0 in float32
    assert (np.diff(sizes) > 0).all()
    assert (grads.weight_steps("weight_ih_l0") > 0).all()
