"""The derivatives at each gate against finite steps of the equations themselves."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.gradients.derivatives import local_derivatives
from rnn_core.recurrent.cells import STEPS
from rnn_core.recurrent.inputs import check_inputs
from rnn_core.recurrent.recording import record
from tests.rnn_core import cases


def derivatives_of(module, x, state, layer=0, direction=0):
    with torch.inference_mode():
        return local_derivatives(check_inputs(module, x, state), record(module, x, state), layer, direction)


@pytest.mark.parametrize("direction", [0, 1])
@pytest.mark.parametrize("gate_of", ["bias_ih", "bias_hh"])
@pytest.mark.parametrize("cell", cases.KINDS)
def test_each_slope_is_the_answer_to_a_small_push_at_its_gate(cell, gate_of, direction) -> None:
    module = cases.build(cell, bidirectional=True)
    x, state, push = cases.inputs(), cases.state(module), 1e-6
    local = derivatives_of(module, x, state, 0, direction)
    found = local.by_input if gate_of == "bias_ih" else local.by_state
    c = None
    if cell == "lstm":
        recorded = torch.tensor(record(module, x, state).layers[0][direction]["cell_state"])
        recorded = recorded.flip(0) if direction else recorded
        c = torch.cat([state[1][direction][None], recorded[:-1]])  # c_{t−1}
    for gate in range(found.shape[2]):
        moved = []
        for sign in (1, -1):
            weights = local.weights
            bias = getattr(weights, gate_of).clone()
            bias[gate * cases.H : (gate + 1) * cases.H] += sign * push
            pushed = type(weights)(**{**vars(weights), gate_of: bias})
            with torch.inference_mode():
                steps = [
                    STEPS[cell](local.x[t : t + 1], local.before[t : t + 1], c if c is None else c[t][None], pushed)
                    for t in range(cases.T)
                ]
            key = "cell_state" if cell == "lstm" and gate < 3 else "hidden_state"
            moved.append(torch.cat([step[key] for step in steps]))
        want = (moved[0] - moved[1]) / (2 * push)
        np.testing.assert_allclose(found[:, 0, gate].numpy(), want[:, 0].numpy(), rtol=0, atol=1e-8)


def test_they_are_in_float64_and_read_what_the_layer_read() -> None:
    module = cases.build("gru", num_layers=2, bidirectional=True, dtype=torch.float32)
    x = cases.inputs(dtype=torch.float32)
    trace, local = record(module, x), derivatives_of(module, x, None, 1, 1)
    both = np.concatenate([trace.layers[0][d]["hidden_state"] for d in (0, 1)], axis=1)
    np.testing.assert_array_equal(local.x[:, 0].numpy(), both[::-1])
    np.testing.assert_array_equal(local.before[1:, 0].numpy(), trace.layers[1][1]["hidden_state"][:0:-1])
    assert local.by_input.dtype == local.weights.hh.dtype == torch.float64


def test_a_fully_saturated_unit_has_no_slope() -> None:
    module = cases.build("rnn", dtype=torch.float32)
    assert (derivatives_of(module, cases.inputs(dtype=torch.float32) * 1e4, None).by_state == 0).float().mean() > 0.9
