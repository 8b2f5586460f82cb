"""A cell in a loop is the layer that computes the same, step by step, for its states and for its gradients."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

import rnn_core as rc
from rnn_core.recurrent.stepped_cells import LAYERS, is_cell, layer_of

CELLS = [nn.RNNCell(3, 4, nonlinearity="relu"), nn.LSTMCell(3, 4, bias=False), nn.GRUCell(3, 4)]
CELLS = [cell.double() for cell in CELLS]


class Loop(nn.Module):
    """A cell that is called once a step, and what is read of its last state."""

    def __init__(self, cell: nn.RNNCellBase) -> None:
        super().__init__()
        self.cell = cell

    def forward(self, x: Tensor) -> Tensor:
        state = None
        for row in x:
            state = self.cell(row, state)
        return (state[0] + state[1].tanh() if isinstance(state, tuple) else state).square().sum()


def as_layer(x: Tensor, layer: nn.RNNBase) -> Tensor:
    output, last = layer(x)
    return (output[-1] + last[1][-1].tanh() if isinstance(last, tuple) else output[-1]).square().sum()


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: type(cell).__name__)
@pytest.mark.parametrize("shape", [(5, 3), (5, 2, 3)])
def test_a_loop_over_a_cell_is_one_trace_and_what_it_computes_is_unchanged(cell, shape: tuple[int, ...]) -> None:
    model, x = Loop(cell).train(), torch.randn(shape, dtype=torch.float64)
    layer = layer_of(cell)
    found = rc.record_model(model, x)
    assert list(found) == ["cell"]
    want = rc.record(layer, x)
    for key in want:
        np.testing.assert_allclose(found["cell"][key], want[key], rtol=0, atol=1e-14)
    assert not cell._forward_hooks
    assert model.training
    torch.testing.assert_close(model(x), as_layer(x, layer))


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: type(cell).__name__)
def test_its_gradients_are_torch_s(cell) -> None:
    model, x = Loop(cell), torch.randn(5, 2, 3, dtype=torch.float64)
    found = rc.backpropagate_model(model, x)["cell"]
    leaf = x.clone().requires_grad_()
    cell.zero_grad()
    model(leaf).backward()
    np.testing.assert_allclose(found.inputs, leaf.grad.numpy(), rtol=0, atol=1e-12)
    whole = found.weight_shares("weight_hh_l0").sum(axis=0)
    np.testing.assert_allclose(whole, cell.weight_hh.grad.numpy(), rtol=0, atol=1e-12)


def test_only_torch_s_own_cells_are_layers() -> None:
    own = type("Own", (nn.GRUCell,), {})(3, 4)
    assert all(is_cell(kind(3, 4)) for kind in LAYERS)
    assert not is_cell(own)
    assert not is_cell(nn.GRU(3, 4))
    with pytest.raises(rc.KiokuError) as error:
        rc.record_model(Loop(own), torch.ones(2, 3))
    assert error.value.code == "model_without"


def test_a_clamp_in_a_loop_says_why_not() -> None:
    with pytest.raises(rc.KiokuError) as error:
        rc.record_model(Loop(nn.GRUCell(3, 4)), torch.ones(2, 3), clamps={"cell": [rc.Clamp("kept", 0.0)]})
    assert error.value.code == "model_clamps_twice"
