"""The next-word models with minimal cells: as every other model, and their closed forms against autograd."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import rnn_core as rc
from rnn_core.models import minimal_model, registry
from rnn_core.quantities import MINIMAL
from rnn_core.specs import MinimalSpec

WORDS = ("今日", "は", "天気", "が", "良い", "ね")


@pytest.mark.parametrize("cell", MINIMAL)
@pytest.mark.parametrize("weights", ["trained", "fresh"])
def test_it_runs_as_every_model(cell: str, weights: str) -> None:
    spec = MinimalSpec(cell=cell, hidden=16, weights=weights)
    trace, model = rc.run(spec, WORDS), registry.MINIMAL.memoized(spec)
    words = torch.tensor(registry.MINIMAL.tokenizer(spec).encode(WORDS))
    with torch.inference_mode():
        scores = model(words[None])[0].softmax(dim=-1)
    np.testing.assert_allclose(trace.probabilities, scores, atol=1e-6)
    assert trace.layers.parity <= 2e-6
    if weights == "trained":
        assert trace.reply.text == "そうだね!"
    held = rc.run(spec, WORDS, [rc.Clamp("hidden_state", 0.0)])
    assert (held.layers["hidden_state"] == 0).all()
    assert np.ptp(held.distribution, axis=0).max() == 0  # nothing is left to read but the readout's bias


@pytest.mark.parametrize("cell", MINIMAL)
def test_influence_and_gradients_are_autograds(cell: str) -> None:
    spec = MinimalSpec(cell=cell, hidden=16)
    model = registry.MINIMAL.memoized(spec)
    words = torch.tensor(registry.MINIMAL.tokenizer(spec).encode(WORDS))
    x = model.embedding(words).detach()
    found = minimal_model.input_influence(model, words)
    jacobian = torch.autograd.functional.jacobian(lambda given: model.recurrent(given)[0], x)  # (T, H, T, D)
    np.testing.assert_allclose(found, jacobian.norm(dim=(1, 3)), rtol=1e-4, atol=1e-7)
    states = model.recurrent(x)[0].detach()
    a = model.recurrent.coefficients(x)[0].detach()
    for t in (0, 4, 5):
        moved = states[t].clone().requires_grad_()
        h = moved
        for s in range(t + 1, len(words)):
            h = a[s] * h + (states[s] - a[s] * states[s - 1])
        (gradient,) = torch.autograd.grad(model.scores(h).log_softmax(dim=-1).max(), moved)
        np.testing.assert_allclose(
            minimal_model.reply_norms(model, words)["hidden_state"][t], gradient.norm(), rtol=1e-4
        )
