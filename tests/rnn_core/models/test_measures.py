from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

import rnn_core as rc
from rnn_core import lineup
from rnn_core.models import measures, registry
from rnn_core.quantities import CELLS
from rnn_core.tasks import smalltalk

WORDS = ("今日", "は", "天気", "が", "良い", "ね")


def rolled(spec: rc.ModelSpec, words: tuple[str, ...]) -> np.ndarray:
    """‖∂ log p / ∂h_t‖ by autograd on the network, fed step by step."""
    model = registry.family_of(spec).load(spec).double()
    inputs = model.embedding(torch.tensor([smalltalk.vocabulary().encode(words)])).detach()
    state, states = None, []
    for step in range(len(words)):
        _, state = model.recurrent(inputs[:, step : step + 1], state)
        hidden = state[0] if isinstance(state, tuple) else state
        hidden.retain_grad()
        states.append(hidden)
    torch.log_softmax(model.readout(states[-1]), dim=-1).max().backward()
    return np.array([float(hidden.grad.norm()) for hidden in states])


@pytest.mark.parametrize("cell", CELLS)
def test_the_reply_is_traced_back_as_autograd_does(cell: str) -> None:
    spec = rc.ModelSpec(cell=cell, hidden=8)
    found = registry.reply_norms(spec, WORDS)
    np.testing.assert_allclose(found["hidden_state"], rolled(spec, WORDS), rtol=1e-2)
    assert ("cell_state" in found) == (cell == "lstm")


@pytest.mark.parametrize("cell", CELLS)
def test_the_influence_is_that_of_the_network_on_the_sentence(cell: str) -> None:
    spec = rc.ModelSpec(cell=cell, hidden=8)
    expected = rc.influence(registry.family_of(spec).load(spec).recurrent, rc.run(spec, WORDS).embedding)
    np.testing.assert_array_equal(registry.input_influence(spec, WORDS), expected)


def test_networks_take_turns_and_what_slows_the_machine_down_slows_all_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, order = [0.0], []

    def reading(name: str, seconds: float) -> Callable[[], None]:
        def read() -> None:
            order.append(name)
            slow = 3.0 if len(order) > 2 * 10 else 1.0  # from some time on all is slower
            clock[0] += slow * seconds

        return read

    monkeypatch.setattr(measures.time, "thread_time", lambda: clock[0])
    one, other = measures.seconds_in_turns([reading("a", 1.0), reading("b", 2.0)], runs=14)
    assert order[:4] == ["a", "b", "b", "a"]
    assert order.count("a") == order.count("b") == measures.WARM + 14
    assert other.median / one.median == pytest.approx(2)
    assert (one.low, one.median, one.high) == (1, 2, 3)


def test_every_kind_of_network_is_timed() -> None:
    specs = lineup.select_specs(lineup.equal_units(16))
    found = registry.seconds_in_turns(specs, WORDS, runs=3)
    assert len(found) == len(specs)
    assert all(0 < one.low <= one.median <= one.high for one in found)


@pytest.mark.parametrize("spec", lineup.select_specs(lineup.equal_units(8)), ids=lambda spec: spec.cell)
def test_the_last_row_of_the_influence_alone_is_the_same(spec: lineup.Compared) -> None:
    np.testing.assert_allclose(
        registry.last_influence(spec, WORDS), registry.input_influence(spec, WORDS)[-1], rtol=1e-6, atol=1e-12
    )
