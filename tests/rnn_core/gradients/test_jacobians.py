"""Step Jacobians against autograd, and Lyapunov exponents against answers that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import nn

from rnn_core.errors import KiokuError
from rnn_core.gradients.jacobians import lyapunov_exponents, sequence_maps, step_jacobians
from rnn_core.recurrent.recording import record
from tests.rnn_core import cases, unrolled


def joined(state):
    return state if isinstance(state, torch.Tensor) else torch.cat(state, dim=-1)


@pytest.mark.parametrize("direction", [0, 1])
@pytest.mark.parametrize(
    ("cell", "options"),
    [
        ("rnn", {}),
        ("rnn", {"nonlinearity": "relu"}),
        ("lstm", {}),
        ("lstm", {"proj_size": 2}),
        ("gru", {"bias": False}),
    ],
)
def test_they_are_autograds(cell, options, direction) -> None:
    module = cases.build(cell, num_layers=2, bidirectional=True, **options)
    x, state = cases.inputs(), cases.state(module)
    found = step_jacobians(module, x, state, 1, direction)
    trace = record(module, x, state)
    own = torch.tensor(np.concatenate([trace.layers[0][d]["hidden_state"] for d in (0, 1)], axis=1))
    states = [torch.tensor(trace.layers[1][direction]["hidden_state"])]
    starts = [state[0] if cell == "lstm" else state]
    if cell == "lstm":
        states.append(torch.tensor(trace.layers[1][direction]["cell_state"]))
        starts.append(state[1])
    order = list(range(cases.T))[:: -1 if direction else 1]
    for place, t in enumerate(order):
        before = [values[order[place - 1]] if place else start[2 + direction] for values, start in zip(states, starts)]  # noqa: B905

        def step(*parts, t=t):
            h, c = unrolled.step(
                module, own[t], parts[0], parts[1] if len(parts) > 1 else None, f"l1{'_reverse' * direction}"
            )
            return h if c is None else torch.cat([h, c])

        blocks = torch.autograd.functional.jacobian(step, tuple(before))
        np.testing.assert_allclose(found[t], torch.cat(blocks, dim=1).numpy(), rtol=0, atol=1e-12)


def test_a_row_that_is_carried_is_multiplied_by_the_jacobian() -> None:
    for options in ({}, {"proj_size": 2}):
        maps = sequence_maps(cases.build("lstm", **options), cases.inputs(), None, 0, 0)
        with torch.inference_mode():
            rows = torch.randn(4, maps.size, dtype=torch.float64)
            h, c = (part.contiguous() for part in rows.split(list(maps.sizes), dim=1))
            out = torch.empty_like(h)
            maps.propagate(3, (h, c), out)
            want = rows @ maps.jacobians()[3].T
            torch.testing.assert_close(torch.cat([out, c], dim=1), want, rtol=0, atol=1e-13)


@pytest.mark.parametrize("a", [0.5, 1.0, 1.3])
def test_a_linear_rnn_grows_by_its_factor(a) -> None:
    module = nn.RNN(2, 3, nonlinearity="relu", bias=False).double()
    with torch.no_grad():
        module.weight_hh_l0.copy_(a * torch.eye(3, dtype=torch.float64))
        module.weight_ih_l0.fill_(1.0)
    found = lyapunov_exponents(module, torch.ones(40, 2, dtype=torch.float64))
    np.testing.assert_allclose(found, [math.log(a)] * 3, atol=1e-13)


def test_a_diagonal_rnn_has_one_exponent_a_unit() -> None:
    module = nn.RNN(1, 3, nonlinearity="relu", bias=False).double()
    with torch.no_grad():
        module.weight_hh_l0.copy_(torch.diag(torch.tensor([0.2, 1.1, 0.0], dtype=torch.float64)))
        module.weight_ih_l0.fill_(1.0)
    found = lyapunov_exponents(module, torch.ones(10, 1, dtype=torch.float64))
    np.testing.assert_allclose(found, [math.log(1.1), math.log(0.2), -math.inf], atol=1e-13)


@pytest.mark.parametrize("cell", cases.KINDS)
def test_their_sum_is_the_mean_log_volume(cell) -> None:
    module, x = cases.build(cell), cases.inputs()
    volumes = [np.linalg.slogdet(jacobian)[1] for jacobian in step_jacobians(module, x)]
    found = lyapunov_exponents(module, x)
    assert found.sum() == pytest.approx(np.mean(volumes), rel=1e-10)
    assert (np.diff(found) <= 0).all()


def test_the_backward_direction_runs_from_the_end() -> None:
    module, x = cases.build("gru", bidirectional=True), cases.inputs()
    mirrored = nn.GRU(cases.D, cases.H).double()
    with torch.no_grad():
        for name, parameter in mirrored.named_parameters():
            parameter.copy_(getattr(module, f"{name}_reverse"))
    found = lyapunov_exponents(module, x, direction=1)
    np.testing.assert_allclose(found, lyapunov_exponents(mirrored, x.flip(0)), atol=1e-12)
    np.testing.assert_allclose(step_jacobians(module, x, direction=1), step_jacobians(mirrored, x.flip(0))[::-1])


@pytest.mark.parametrize("function", [step_jacobians, lyapunov_exponents])
def test_a_batch_or_a_place_that_is_not_there_is_an_error(function) -> None:
    module = cases.build("gru")
    for given, options, code in (
        (cases.inputs(batch=2), {}, "influence_batch"),
        (cases.inputs(), {"layer": 1}, "no_such_place"),
        (cases.inputs(), {"direction": 1}, "no_such_place"),
        (cases.inputs()[:0], {}, "empty_inputs"),
    ):
        with pytest.raises(KiokuError) as caught:
            function(module, given, **options)
        assert caught.value.code == code
