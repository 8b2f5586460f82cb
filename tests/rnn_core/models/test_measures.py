from __future__ import annotations

import numpy as np
import pytest
import torch

import rnn_core as rc
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


def test_the_time_is_the_median_after_the_warm_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(map(float, [0, 9, 0, 9, 0, 9, 0, 1, 0, 5, 0, 2]))
    monkeypatch.setattr(measures.time, "perf_counter", lambda: next(ticks))
    assert registry.seconds_a_sentence(rc.ModelSpec(cell="rnn", hidden=8), WORDS, runs=3) == 2
