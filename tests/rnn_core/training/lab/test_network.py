"""The network begins as torch begins it, and answers only from what it may have read."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from rnn_core.models import registry
from rnn_core.models.initial_values import InitialValues
from rnn_core.specs import ModelSpec
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.network import build_network
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS, held_out

CELLS = ["rnn", "lstm", "gru"]


def spec(task: str = "adding", **values: object) -> TrainSpec:
    return TrainSpec(**({"task": task, "length": int(LENGTHS[task].usual), "hidden": 6} | values))


@pytest.mark.parametrize("cell", CELLS)
def test_its_first_values_are_torchs_own(cell: str) -> None:
    network = build_network(spec(cell=cell, seed=5))
    with InitialValues(5):
        recurrent, readout = getattr(nn, cell.upper())(2, 6, batch_first=True), nn.Linear(6, 1)
    for name, weight in recurrent.state_dict().items():
        assert torch.equal(network.state_dict()[f"recurrent.{name}"], weight)
    assert torch.equal(network.readout.weight, readout.weight)


@pytest.mark.parametrize("cell", CELLS)
def test_with_words_it_is_a_next_word_network(cell: str) -> None:
    network = build_network(spec("smalltalk", cell=cell, seed=3))
    known = registry.RECURRENT.fresh(ModelSpec(cell=cell, hidden=6, weights="fresh", seed=3))
    assert network.state_dict().keys() == known.state_dict().keys()
    assert all(torch.equal(weight, known.state_dict()[name]) for name, weight in network.state_dict().items())
    words = held_out("smalltalk", 14).inputs[:3]
    torch.testing.assert_close(network(words), known(words), rtol=0, atol=0)


@pytest.mark.parametrize("cell", CELLS)
def test_a_spec_overrides_first_weights(cell: str) -> None:
    plain, scaled = build_network(spec(cell=cell)), build_network(spec(cell=cell, weight_scale=3.0))
    assert torch.equal(scaled.recurrent.weight_hh_l0, 3 * plain.recurrent.weight_hh_l0)
    assert torch.equal(scaled.recurrent.weight_ih_l0, plain.recurrent.weight_ih_l0)
    eye = build_network(spec(cell=cell, initialisation="identity", weight_scale=0.5, layers=2))
    for weight in (eye.recurrent.weight_hh_l0, eye.recurrent.weight_hh_l1):
        assert all(torch.equal(block, 0.5 * torch.eye(6)) for block in weight.split(6))
    turned = [build_network(spec(cell=cell, initialisation="orthogonal", seed=seed)) for seed in (0, 0, 1)]
    first, again, other = (network.recurrent.weight_hh_l0 for network in turned)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_a_forget_bias_is_the_lstms() -> None:
    network = build_network(spec(forget_bias=3.0))
    bias = network.recurrent.bias_ih_l0 + network.recurrent.bias_hh_l0
    assert (bias[6:12] == 3).all()
    assert not (bias[:6] == 3).any()


def test_an_rnn_has_the_nonlinearity_of_its_spec() -> None:
    assert build_network(spec(cell="rnn", activation="relu")).recurrent.nonlinearity == "relu"


@pytest.mark.parametrize("task", sorted(TASKS))
@pytest.mark.parametrize("layers", [1, 2])
def test_an_answer_knows_nothing_of_what_comes_after_it(task: str, layers: int) -> None:
    network, batch = build_network(spec(task, layers=layers)), held_out(task, int(LENGTHS[task].usual))
    inputs, asked = batch.inputs[:2].clone(), batch.targets.shape[1]
    before = network(inputs)
    assert before.shape == (2, asked, len(TASKS[task].outputs) or 1)
    inputs[:, -1] = batch.inputs[5:7, -2]
    after = network(inputs)
    assert torch.equal(before[:, :-1], after[:, :-1])


def test_two_directions_answer_when_both_have_read_all() -> None:
    network = build_network(spec(bidirectional=True))
    inputs = held_out("adding", 50).inputs[:1]
    states = network.recurrent(inputs)[0]
    read = torch.cat([states[:, -1, :6], states[:, 0, 6:]], dim=-1)
    assert torch.equal(network(inputs), network.readout(read)[:, None])
