"""What every kind of network records of itself has one form."""

from __future__ import annotations

import pytest
import torch

from rnn_core.models import registry
from rnn_core.specs import ModelSpec, ResponderSpec, TransformerSpec

SPECS = (
    ModelSpec(cell="lstm", hidden=4, layers=2, bidirectional=True, weights="fresh"),
    TransformerSpec(hidden=4, heads=2, weights="fresh"),
    ResponderSpec(kind="bidirectional", hidden=4, weights="fresh"),
    ResponderSpec(kind="attentive", hidden=4, weights="fresh"),
)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_it_is_the_sentence_through_embedding_layers_and_readout(spec: ModelSpec) -> None:
    family = registry.family_of(spec)
    model = family.fresh(spec)
    found = family.record(model, torch.tensor([3, 1, 2]), ())
    assert found.embedding.shape == (3, model.embedding.embedding_dim)
    assert len(found.layers.output) == 3
    assert found.distribution.shape == (3, model.readout.out_features)
    torch.testing.assert_close(torch.from_numpy(found.distribution).sum(dim=1), torch.ones(3))
