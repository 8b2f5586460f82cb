from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.models import registry, transformer_measures
from rnn_core.specs import TransformerSpec
from rnn_core.tasks import smalltalk

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
SPECS = [
    TransformerSpec(hidden=16),
    TransformerSpec(hidden=16, positions=False),
    TransformerSpec(hidden=6, heads=3, layers=3, weights="fresh"),
]


def placed(spec: TransformerSpec) -> tuple[torch.nn.Module, torch.Tensor]:
    model = registry.family_of(spec).load(spec).double()
    return model, model.placed(torch.tensor([smalltalk.vocabulary().encode(WORDS)]))[0].detach()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
@pytest.mark.parametrize("layer", [0, None])
def test_influence_is_autograds_row_by_row(spec: TransformerSpec, layer: int | None) -> None:
    model, x = placed(spec)
    blocks = list(model.blocks)[: spec.layers if layer is None else layer + 1]
    family = registry.TRANSFORMERS
    words = torch.tensor(family.tokenizer(spec).encode(WORDS))
    found = transformer_measures.input_influence(family.load(spec), words, layer)
    for t in range(len(WORDS)):
        rows = []
        for unit in range(spec.hidden):
            leaf = x.clone().requires_grad_()
            h = leaf[None]
            for block in blocks:
                h = block(h)
            (gradient,) = torch.autograd.grad(h[0, t, unit], leaf)
            rows.append(gradient)
        expected = torch.stack(rows).square().sum((0, 2)).sqrt()
        np.testing.assert_allclose(found[t], expected, rtol=1e-9, atol=1e-14)
    assert (found[np.triu_indices(len(WORDS), 1)] == 0).all()
    assert found.dtype == np.float64


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_the_reply_hangs_on_the_states_that_the_last_layer_looks_at(spec: TransformerSpec) -> None:
    model, x = placed(spec)
    *lower, last = model.blocks
    h = x[None]
    for block in lower:
        h = block(h)
    h = h.detach()

    def log_probability(states: torch.Tensor) -> torch.Tensor:
        return torch.log_softmax(model.readout(last(states)[0, -1]), dim=-1).max()

    step, sizes = 1e-6, []
    for t in range(len(WORDS)):  # by differences, since autograd is what is tested
        slopes = []
        for unit in range(spec.hidden):
            moved = torch.zeros_like(h)
            moved[0, t, unit] = step
            slopes.append((log_probability(h + moved) - log_probability(h - moved)).item() / (2 * step))
        sizes.append(np.linalg.norm(slopes))
    found = registry.reply_norms(spec, WORDS)
    np.testing.assert_allclose(found["hidden_state"], sizes, rtol=1e-4, atol=1e-8)


def test_a_long_sentence_is_mapped_too() -> None:
    assert registry.input_influence(TransformerSpec(hidden=32), WORDS * 10).shape == (60, 60)
