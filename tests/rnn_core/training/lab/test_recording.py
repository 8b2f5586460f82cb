"""What is recorded is what torch's autograd says, in float64."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from rnn_core.quantities import MINIMAL
from rnn_core.training.lab.batches import Batch
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.network import build_network
from rnn_core.training.lab.record import kept_back
from rnn_core.training.lab.recording import PROBE, Interval, Recorder
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS, find_example
from rnn_core.training.sentences import NOTHING

CASES = [(task, cell) for task in sorted(TASKS) for cell in ("rnn", "lstm", "gru")]


def recorder(task: str, cell: str, double: bool, **values: object) -> Recorder:
    spec = TrainSpec(**({"task": task, "length": int(LENGTHS[task].usual), "cell": cell, "hidden": 5} | values))
    found = Recorder(spec, build_network(spec))
    if double:
        found.network.double()
        found.probe = Batch(_double(found.probe.inputs), _double(found.probe.targets))
        found.example = _double(found.example)
    return found


def _double(values: Tensor) -> Tensor:
    return values.double() if values.is_floating_point() else values


def by_autograd(looked: Recorder) -> tuple[np.ndarray, np.ndarray]:
    """‖∂L/∂h_t‖ and ‖∂L/∂c_t‖: the state that is handed on is the leaf that is looked at, so no path is missed."""
    inputs, state, seen = looked.network.receive(looked.probe.inputs), None, []
    for t in range(inputs.shape[1]):
        _, state = looked.network.recurrent(inputs[:, t : t + 1], state)
        parts = state if isinstance(state, tuple) else (state,)
        for part in parts:
            part.retain_grad()
        seen.append(parts)
    outputs = torch.stack([parts[0][0] for parts in seen], dim=1)
    looked.task.loss(looked.network.read(outputs), looked.probe).backward()
    norms = np.array([[0.0 if part.grad is None else part.grad.norm().item() for part in parts] for parts in seen])
    return norms[:, 0], norms[:, -1]


@pytest.mark.parametrize(("task", "cell"), CASES)
def test_the_reach_is_that_of_autograd(task: str, cell: str) -> None:
    looked = recorder(task, cell, double=True)
    by_h, by_c = looked.gradients()[:2]
    expected_h, expected_c = by_autograd(looked)
    np.testing.assert_allclose(by_h, expected_h, rtol=1e-9, atol=1e-300)
    if cell == "lstm":
        # what goes through c_t alone, and what goes through h_t = o ⊙ tanh(c_t): autograd's c_t is the first alone
        assert len(by_c) == len(by_h)
        np.testing.assert_allclose(by_c, through_both(looked, expected_c), rtol=1e-9, atol=1e-300)
    else:
        assert len(by_c) == 0


def through_both(looked: Recorder, _alone: np.ndarray) -> np.ndarray:
    """‖∂L/∂c_t‖ where h_t follows from c_t: c_t is the leaf, and h_t is made from it anew."""
    recurrent, inputs = looked.network.recurrent, looked.network.receive(looked.probe.inputs).detach()
    units, found = recurrent.hidden_size, []
    w_ih, w_hh = recurrent.weight_ih_l0, recurrent.weight_hh_l0
    bias = recurrent.bias_ih_l0 + recurrent.bias_hh_l0
    h = c = torch.zeros(len(inputs), units, dtype=torch.float64)
    states = []
    for t in range(inputs.shape[1]):
        i, f, g, o = (inputs[:, t] @ w_ih.T + h @ w_hh.T + bias).chunk(4, dim=-1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        c.retain_grad()
        found.append(c)
        h = o.sigmoid() * c.tanh()
        states.append(h)
    looked.task.loss(looked.network.read(torch.stack(states, dim=1)), looked.probe).backward()
    return np.array([0.0 if c.grad is None else c.grad.norm().item() for c in found])


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_in_float32_it_is_the_same_to_float32(cell: str) -> None:
    exact, recorded = recorder("adding", cell, double=True), recorder("adding", cell, double=False)
    np.testing.assert_allclose(recorded.gradients().reach, exact.gradients().reach, rtol=1e-4)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_growth_is_that_of_the_steps_jacobians(cell: str) -> None:
    looked = recorder("adding", cell, double=True)
    recurrent, inputs = looked.network.recurrent, looked.example
    _, before = recurrent(inputs[None, :25])
    parts = before if isinstance(before, tuple) else (before,)
    flat = torch.cat([part.flatten() for part in parts]).detach()

    def step(state: Tensor) -> Tensor:
        pieces = tuple(piece[None, None] for piece in state.split(5))
        _, after = recurrent(inputs[None, 25:26], pieces if len(pieces) > 1 else pieces[0])
        return torch.cat([part.flatten() for part in after]) if isinstance(after, tuple) else after.flatten()

    jacobian = torch.autograd.functional.jacobian(step, flat)
    rho, sigma = torch.linalg.eigvals(jacobian).abs().max().item(), torch.linalg.matrix_norm(jacobian, 2).item()
    found = looked.gradients()
    np.testing.assert_allclose(found.rho, rho, rtol=1e-3)
    np.testing.assert_allclose(found.sigma, sigma, rtol=1e-9)


@pytest.mark.parametrize(("layers", "bidirectional"), [(2, False), (1, True), (3, True)])
def test_of_many_layers_it_is_the_first_that_reads_forwards(layers: int, bidirectional: bool) -> None:
    looked = recorder("adding", "lstm", double=False, layers=layers, bidirectional=bidirectional)
    assert looked.states().shape == (50, 5)
    first = torch.nn.LSTM(2, 5, batch_first=True)
    first.load_state_dict({name: getattr(looked.network.recurrent, name) for name in first.state_dict()})
    torch.testing.assert_close(torch.tensor(looked.states()), first(looked.example)[0].detach())
    assert all(np.isfinite(values).all() for values in looked.gradients())


@pytest.mark.parametrize("task", sorted(TASKS))
def test_the_shortest_examples_can_be_looked_at(task: str) -> None:
    looked = recorder(task, "lstm", double=False, length=int(LENGTHS[task].low), hidden=1)
    (loss, accuracy, guess), seen = looked.scores(), looked.gradients()
    assert np.isfinite([loss, seen.rho, seen.sigma, *seen.reach]).all()
    assert 0 <= accuracy <= 1
    assert guess.shape == looked.truth().shape


def test_the_probe_is_some_of_what_is_held_out() -> None:
    looked = recorder("adding", "rnn", double=False)
    assert torch.equal(looked.probe.inputs, looked.batch.inputs[:PROBE])
    assert torch.equal(looked.example, looked.batch.inputs[0])


def test_how_far_the_gradient_of_sentences_reaches_is_known() -> None:
    looked = recorder("smalltalk", "lstm", double=False)
    asked = (looked.probe.targets != NOTHING).sum(dim=1)
    words = len(find_example("smalltalk", looked.spec.length).tokens)
    assert asked.tolist() == [words] * PROBE
    norms = looked.gradients().reach
    assert np.flatnonzero(norms).tolist() == list(range(words))
    back = kept_back(norms)
    assert back is not None
    assert 0 <= back < words


def test_an_interval_has_the_largest_norm() -> None:
    interval = Interval()
    assert interval.largest is None
    for norm in (1.0, 3.0, 2.0):
        interval.note(0.5, norm, torch.zeros(1), Batch(torch.zeros(1, 1, 1), torch.zeros(1, 1)))
    assert (interval.largest, interval.losses) == (3.0, [0.5, 0.5, 0.5])


def test_what_is_no_number_is_seen_in_the_weights() -> None:
    looked = recorder("adding", "rnn", double=False)
    assert looked.finite()
    with torch.no_grad():
        looked.network.readout.bias[0] = float("-inf")
    assert not looked.finite()


@pytest.mark.parametrize("cell", MINIMAL)
def test_a_minimal_cells_growth_is_its_largest_gate_and_its_reach_autograds(cell: str) -> None:
    looked = recorder("recall", cell, double=True)
    recurrent, probe = looked.network.recurrent, looked.probe
    with torch.no_grad():
        kept = recurrent.coefficients(looked.example[: looked.middle + 1])[0][-1].max().item()
    seen = looked.gradients()
    assert (seen.rho, seen.sigma) == pytest.approx((kept, kept), rel=1e-12)
    a, b = recurrent.coefficients(probe.inputs)
    h, states = torch.zeros_like(b[:, 0]), []
    for step in range(b.shape[1]):
        h = a[:, step] * h + b[:, step]
        h.retain_grad()
        states.append(h)
    looked.task.loss(looked.network.read(torch.stack(states, dim=1)), probe).backward()
    norms = [0.0 if one.grad is None else one.grad.norm().item() for one in states]
    np.testing.assert_allclose(seen.reach, norms, rtol=1e-9, atol=1e-300)
    assert len(seen.reach_cell) == 0
    assert looked.states().shape == (len(looked.example), recurrent.hidden_size)
