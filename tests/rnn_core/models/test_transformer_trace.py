from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.models import registry
from rnn_core.models.recorded import Recorded
from rnn_core.models.transformer import Transformer
from rnn_core.models.transformer_trace import record_transformer
from rnn_core.specs import TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.training.tasks import TRANSFORMERS

WORDS = len(smalltalk.vocabulary())
sentences = st.lists(st.integers(0, WORDS - 1), min_size=1, max_size=60)


def found(words: list[int], spec: TransformerSpec) -> tuple[Transformer, Recorded]:
    model = registry.family_of(spec).load(spec)
    return model, record_transformer(model, torch.tensor(words))


@pytest.mark.parametrize("spec", TRANSFORMERS.kept, ids=lambda spec: spec.name)
@settings(max_examples=15, deadline=None)
@given(words=sentences)
def test_the_numbers_are_those_of_the_shipped_model_and_their_parity_is_small(
    spec: TransformerSpec, words: list[int]
) -> None:
    model, seen = found(words, spec)
    with torch.inference_mode():
        states = model.states(torch.tensor([words]))[0].numpy()
        first = model.blocks[0](model.placed(torch.tensor([words])))[0].numpy()
    np.testing.assert_array_equal(seen.layers.output, states)
    np.testing.assert_array_equal(seen.layers.layers[-1][0]["hidden_state"], states)
    np.testing.assert_array_equal(seen.layers["hidden_state"], first)
    assert seen.layers.parity <= 1e-6
    assert seen.layers.cell == "transformer"


@settings(max_examples=15, deadline=None)
@given(words=sentences)
def test_the_weights_are_torchs_own_attention_in_float64(words: list[int]) -> None:
    model, seen = found(words, TRANSFORMERS.kept[2])
    exact = model.double()
    x = exact.placed(torch.tensor([words]))
    with torch.inference_mode():
        for block, layer in zip(exact.blocks, seen.attention, strict=True):
            *_, v = block.project_qkv(x)
            attention = torch.nn.MultiheadAttention(32, 4, batch_first=True, dtype=torch.float64)
            parts = (block.query, block.key, block.value)
            attention.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
            attention.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
            later = torch.ones(len(words), len(words), dtype=torch.bool).triu(1)
            _, weights = attention(x, x, x, attn_mask=later, average_attn_weights=False)
            np.testing.assert_allclose(layer["attention"], weights[0].transpose(0, 1), atol=1e-4, rtol=0)
            np.testing.assert_allclose(layer["context"], (weights[0] @ v[0]).transpose(0, 1), atol=1e-4, rtol=0)
            x = block(x)


@settings(max_examples=15, deadline=None)
@given(words=sentences)
def test_rows_sum_to_one_and_nobody_looks_ahead(words: list[int]) -> None:
    _, seen = found(words, TRANSFORMERS.kept[2])
    ahead = np.triu(np.ones((len(words), len(words)), bool), 1)
    for layer in seen.attention:
        assert layer["attention"].shape == (len(words), 4, len(words))
        np.testing.assert_allclose(layer["attention"].sum(axis=2), 1, atol=1e-6)
        assert (layer["attention"].transpose(1, 0, 2)[:, ahead] == 0).all()


def test_what_is_traced_can_not_be_changed() -> None:
    _, seen = found([1, 2], TRANSFORMERS.kept[0])
    for array in (seen.layers.output, seen.attention[0]["attention"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
