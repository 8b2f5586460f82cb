"""The equations themselves: whole sequences and single steps are one thing, against torch's own cells."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from rnn_core.recurrent.cells import STEPS, Weights
from tests.rnn_core import cases

CELLS = {"rnn": nn.RNNCell, "lstm": nn.LSTMCell, "gru": nn.GRUCell}


def weights(cell: str) -> tuple[nn.Module, Weights]:
    torch.manual_seed(3)
    module = CELLS[cell](cases.D, cases.H, dtype=torch.float64)
    w = Weights(*(p.detach() for p in (module.weight_ih, module.weight_hh, module.bias_ih, module.bias_hh)))
    return module, w


@pytest.mark.parametrize("cell", STEPS)
def test_one_step_is_torchs_cell(cell) -> None:
    module, w = weights(cell)
    x, h, c = (torch.randn(2, size, dtype=torch.float64) for size in (cases.D, cases.H, cases.H))
    found = STEPS[cell](x[None], h[None], c, w)
    with torch.no_grad():
        want = module(x, (h, c)) if cell == "lstm" else (module(x, h),)
    torch.testing.assert_close(found["hidden_state"][0], want[0], rtol=0, atol=1e-14)
    if cell == "lstm":
        torch.testing.assert_close(found["cell_state"][0], want[1], rtol=0, atol=1e-14)


@pytest.mark.parametrize("cell", STEPS)
def test_a_sequence_is_its_steps(cell) -> None:
    _, w = weights(cell)
    x = torch.randn(cases.T, 2, cases.D, dtype=torch.float64)
    h = torch.randn(cases.T, 2, cases.H, dtype=torch.float64)  # any states before each step
    c = torch.randn(2, cases.H, dtype=torch.float64)
    whole = STEPS[cell](x, h, c, w)
    for t in range(cases.T):
        step = STEPS[cell](x[t : t + 1], h[t : t + 1], c, w)
        c = step.get("cell_state", c[None])[0]
        for key, values in step.items():
            torch.testing.assert_close(values[0], whole[key][t], rtol=0, atol=1e-13)


@pytest.mark.parametrize("cell", STEPS)
def test_shapes_in_the_signature_are_executed(cell) -> None:
    _, w = weights(cell)
    x, h, c = torch.randn(4, 2, cases.D), torch.randn(3, 2, cases.H), torch.randn(2, cases.H)
    with pytest.raises(Exception, match="Type-check"):
        STEPS[cell](x, h, c, w)


def test_the_ledger_adds_up() -> None:
    _, w = weights("lstm")
    found = STEPS["lstm"](
        torch.randn(6, 1, cases.D, dtype=torch.float64),
        torch.zeros(6, 1, cases.H, dtype=torch.float64),
        torch.ones(1, cases.H, dtype=torch.float64),
        w,
    )
    assert torch.equal(found["kept"] + found["written"], found["cell_state"])
    assert torch.equal(found["kept"][0], found["forget_gate"][0])
