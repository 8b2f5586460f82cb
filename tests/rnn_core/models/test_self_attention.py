from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.models import registry, shuffle
from rnn_core.models.self_attention import WAYS, read_layers, read_ways
from rnn_core.specs import TransformerSpec

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
SPECS = [TransformerSpec(hidden=hidden, positions=positions) for hidden in (16, 32) for positions in (True, False)]


def layer_by_layer(spec: TransformerSpec, causal: bool) -> tuple[np.ndarray, np.ndarray]:
    """The same in float64, from torch's own multi-head attention."""
    model = registry.family_of(spec).load(spec).double()
    words = torch.tensor([registry.TRANSFORMERS.tokenizer(spec).encode(WORDS)])
    states, attention = [], []
    with torch.inference_mode():
        x = model.placed(words)
        for block in model.blocks:
            torchs = torch.nn.MultiheadAttention(spec.hidden, spec.heads, batch_first=True, dtype=torch.float64)
            parts = (block.query, block.key, block.value)
            torchs.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
            torchs.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
            hidden = torch.ones(len(WORDS), len(WORDS), dtype=torch.bool).triu(1) if causal else None
            attention.append(torchs(x, x, x, attn_mask=hidden, average_attn_weights=False)[1][0])
            x = block(x, causal)
            states.append(x[0])
    return torch.stack(states).numpy(), torch.stack(attention).numpy()


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_states_and_weights_are_torchs(spec: TransformerSpec, causal: bool) -> None:
    found, (states, attention) = read_layers(spec, WORDS, causal=causal), layer_by_layer(spec, causal)
    assert found.states.shape == (2, 6, spec.hidden)
    assert found.attention.shape == (2, 4, 6, 6)
    np.testing.assert_allclose(found.states, states, atol=2e-5, rtol=0)
    np.testing.assert_allclose(found.attention, attention, atol=1e-5, rtol=0)
    assert ((found.attention > 0).all(axis=(0, 1)) == (np.tri(6, dtype=bool) | (not causal))).all()


def test_behind_the_mask_it_is_the_trace() -> None:
    found, trace = read_layers(SPECS[0], WORDS), registry.run(SPECS[0], WORDS)
    assert found.tokens == trace.tokens
    assert len(found) == 6
    assert found.best == tuple(trace.top(step, 1)[0] for step in range(6))
    np.testing.assert_array_equal(found.states[-1], trace.layers.output)
    embedding = registry.TRANSFORMERS.memoized(SPECS[0]).embedding.weight.numpy()
    own = np.stack([embedding[k] for k in registry.TRANSFORMERS.tokenizer(SPECS[0]).encode(WORDS)])
    np.testing.assert_allclose(own + found.codes, trace.embedding, atol=1e-6)
    np.testing.assert_array_equal(found.attention[1, 2], trace.attention[1]["attention"][:, 2])


@settings(max_examples=15, deadline=None)
@given(places=st.permutations(range(5)), placed=st.booleans())
def test_only_without_places_and_mask_every_state_is_still(places: list[int], placed: bool) -> None:
    words = ("犬", "が", "人", "を", "噛む")
    ways = read_ways(TransformerSpec(hidden=16, positions=placed), words, places)
    assert [(way.after.spec.positions, way.after.causal) for way in ways] == list(WAYS)
    changed = list(places) != [0, 1, 2, 3, 4]
    assert [way.still for way in ways] == [not changed, not changed, not changed, True]
    for way in ways:
        assert [token.text for token in way.after.tokens] == [words[place] for place in places]
        assert [token.text for token in way.before.tokens] == list(words)


def test_a_change_stands_at_the_words_new_place() -> None:
    places = (2, 1, 0, 3, 4)
    words = ("犬", "が", "人", "を", "噛む")
    way = read_ways(TransformerSpec(hidden=32), words, places)[0]
    before, after = (
        shuffle.states(TransformerSpec(hidden=32), one, causal=True) for one in (words, [words[k] for k in places])
    )
    np.testing.assert_allclose(way.moved[0], np.sqrt(((before[2] - after[0]) ** 2).mean()), rtol=1e-5)
    np.testing.assert_allclose(way.moved[4], np.sqrt(((before[4] - after[4]) ** 2).mean()), rtol=1e-5)


def test_no_words_and_no_order_are_kioku_errors() -> None:
    with pytest.raises(KiokuError):
        read_layers(SPECS[0], ())
    with pytest.raises(KiokuError):
        read_ways(SPECS[0], WORDS, (0, 0, 1, 2, 3, 4))
