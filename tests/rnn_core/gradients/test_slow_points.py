from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from rnn_core.gradients.slow_points import find_slow_points, step, time_constants

CELLS = [nn.RNN, nn.LSTM, nn.GRU]


def states_of(kind: type[nn.RNNBase], hidden: int) -> int:
    return hidden * (2 if kind is nn.LSTM else 1)


def two_wells() -> nn.RNN:
    """One unit, h' = tanh(2 h): still at 0, which it leaves, and at ± 0.9575, to which it goes."""
    layer = nn.RNN(1, 1, batch_first=True)
    with torch.no_grad():
        for weight in layer.parameters():
            weight.zero_()
        layer.weight_hh_l0.fill_(2.0)
    return layer


def test_the_fixed_points_of_a_known_layer_are_found_with_their_eigenvalues() -> None:
    found = find_slow_points(two_wells(), torch.zeros(1), torch.tensor([[-0.7], [0.05], [0.8]]), updates=400)
    still = 0.9575040240772687
    np.testing.assert_allclose(found.states[:, 0], [-still, 0, still], atol=1e-3)
    assert (found.speeds < 1e-3).all()
    # tanh'(2h) · 2 = 2 (1 − h²)
    np.testing.assert_allclose(found.eigenvalues[:, 0].real, [2 * (1 - still**2), 2, 2 * (1 - still**2)], atol=0.01)


@pytest.mark.parametrize("kind", CELLS)
def test_a_step_is_torchs_and_the_eigenvalues_are_autograds(kind: type[nn.RNNBase]) -> None:
    layer, reads = kind(3, 4, batch_first=True).double(), torch.randn(3).double()
    start = 0.3 * torch.randn(2, states_of(kind, 4)).double()
    found = find_slow_points(layer, reads, start, updates=3)
    for state, speed, values in zip(found.states, found.speeds, found.eigenvalues, strict=True):
        given = torch.tensor(state)
        one = step(layer, reads, given[None])[0]
        assert float((one - given).detach().norm()) == pytest.approx(float(speed), abs=1e-12)
        jacobian = torch.autograd.functional.jacobian(lambda now: step(layer, reads, now[None])[0], given)
        want = np.linalg.eigvals(jacobian.numpy())
        np.testing.assert_allclose(np.sort(np.abs(values)), np.sort(np.abs(want)), atol=1e-9)


@pytest.mark.parametrize("kind", CELLS)
def test_the_search_slows_every_state_down_and_leaves_the_layer_alone(kind: type[nn.RNNBase]) -> None:
    layer, reads = kind(2, 5, batch_first=True), torch.randn(2)
    before = {name: weight.clone() for name, weight in layer.state_dict().items()}
    start = torch.randn(4, states_of(kind, 5))
    first, last = (find_slow_points(layer, reads, start, updates).speeds for updates in (1, 200))
    assert (last < first).all()
    assert all(torch.equal(weight, before[name]) for name, weight in layer.state_dict().items())
    assert all(weight.requires_grad and weight.grad is None for weight in layer.parameters())


def test_a_push_that_stays_lasts_for_ever_and_one_that_dies_at_once_no_time() -> None:
    found = time_constants(np.array([[1.0, np.exp(-1), 0.0, 1j]]))
    np.testing.assert_allclose(found, [[np.inf, 1, 0, np.inf]])
