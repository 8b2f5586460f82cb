"""The Transformer against torch's own layers with the same weights, and the laws of mask, places and cache."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from rnn_core.models.transformer import WIDER, Block, Transformer, places
from rnn_core.specs import TransformerSpec

WORDS, OUTPUTS, WIDTH, HEADS = 30, 12, 8, 2
lengths, seeds = st.integers(1, 12), st.integers(0, 5)


def model(seed: int = 0, *, positions: bool = True, layers: int = 2) -> Transformer:
    torch.manual_seed(seed)
    spec = TransformerSpec(hidden=WIDTH, heads=HEADS, layers=layers, positions=positions, weights="fresh")
    return Transformer(spec, WORDS, OUTPUTS)


def block(seed: int = 0) -> Block:
    torch.manual_seed(seed)
    made = Block(WIDTH, HEADS).double()
    with torch.no_grad():
        for weight in made.parameters():
            weight.add_(torch.randn_like(weight) / 2)  # norms that are not the identity, and biases that are not 0
    return made


def later(steps: int) -> Tensor:
    return torch.ones(steps, steps, dtype=torch.bool).triu(1)


def attention_of(made: Block) -> nn.MultiheadAttention:
    """torch's attention with the block's weights."""
    layer = nn.MultiheadAttention(WIDTH, HEADS, batch_first=True, dtype=torch.float64)
    parts = (made.query, made.key, made.value)
    state = {
        "in_proj_weight": torch.cat([part.weight for part in parts]),
        "in_proj_bias": torch.cat([part.bias for part in parts]),
        "out_proj.weight": made.out.weight,
        "out_proj.bias": made.out.bias,
    }
    layer.load_state_dict(state)
    return layer


@pytest.mark.parametrize("causal", [True, False])
@settings(max_examples=15, deadline=None)
@given(steps=lengths, seed=seeds)
def test_attention_is_that_of_torch_with_the_same_weights(causal: bool, steps: int, seed: int) -> None:
    made, x = block(seed), torch.randn(3, steps, WIDTH, dtype=torch.float64)
    mask = later(steps) if causal else None
    told, weights = attention_of(made)(x, x, x, attn_mask=mask, average_attn_weights=False)
    q, k, v = made.project_qkv(x)
    context = scaled_dot_product_attention(q, k, v, is_causal=causal)
    torch.testing.assert_close(made.out(context.transpose(1, 2).flatten(2)), told, atol=1e-12, rtol=0)
    torch.testing.assert_close(made.weights(x, causal), weights, atol=1e-12, rtol=0)
    torch.testing.assert_close(made.weights(x, causal) @ v, context, atol=1e-12, rtol=0)


@pytest.mark.parametrize("causal", [True, False])
@settings(max_examples=15, deadline=None)
@given(steps=lengths, seed=seeds)
def test_a_block_is_torchs_encoder_layer_with_the_same_weights(causal: bool, steps: int, seed: int) -> None:
    made, x = block(seed), torch.randn(2, steps, WIDTH, dtype=torch.float64)
    layer = nn.TransformerEncoderLayer(
        WIDTH, HEADS, round(WIDER * WIDTH), dropout=0.0, batch_first=True, dtype=torch.float64
    )
    layer.self_attn = attention_of(made)
    for part in ("norm1", "linear1", "linear2", "norm2"):
        getattr(layer, part).load_state_dict(getattr(made, part).state_dict())
    expected = layer(x, src_mask=later(steps) if causal else None)
    torch.testing.assert_close(made(x, causal), expected, atol=1e-12, rtol=0)


@settings(max_examples=20, deadline=None)
@given(steps=lengths, seed=seeds)
def test_rows_sum_to_one_and_later_words_get_exactly_nothing(steps: int, seed: int) -> None:
    weights = block(seed).weights(torch.randn(1, steps, WIDTH, dtype=torch.float64))
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(1, HEADS, steps, dtype=torch.float64))
    assert (weights[..., later(steps)] == 0).all()
    assert (weights[..., ~later(steps)] > 0).all()


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.integers(0, WORDS - 1), min_size=2, max_size=40), seed=seeds, data=st.data())
def test_later_words_leave_earlier_steps_as_they_are_to_the_last_bit(
    words: list[int], seed: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(words) - 1))
    other = [*words[:cut], *((word + 1) % WORDS for word in words[cut:])]
    with torch.inference_mode():
        one, two = (model(seed).states(torch.tensor([sentence]))[0] for sentence in (words, other))
    assert torch.equal(one[:cut], two[:cut])
    assert not torch.equal(one[cut:], two[cut:])


@settings(max_examples=15, deadline=None)
@given(words=st.lists(st.integers(0, WORDS - 1), min_size=1, max_size=20), seed=seeds, positions=st.booleans())
def test_word_by_word_with_kept_keys_is_the_whole_sentence_at_once(
    words: list[int], seed: int, positions: bool
) -> None:
    made = model(seed, positions=positions).double()
    with torch.inference_mode():
        whole = made.states(torch.tensor([words]))
        kept = [None] * len(made.blocks)
        for t, word in enumerate(words):
            x = made.placed(torch.tensor([[word]]), first=t)
            for layer, each in enumerate(made.blocks):
                x, kept[layer] = each.step(x, kept[layer])
            torch.testing.assert_close(x[:, 0], whole[:, t], atol=1e-12, rtol=0)


@pytest.mark.parametrize("positions", [True, False])
def test_only_with_places_does_a_repeated_word_differ_from_itself(positions: bool) -> None:
    with torch.inference_mode():
        states = model(positions=positions, layers=1).states(torch.tensor([[3, 3, 3, 3]]))[0]
    assert torch.allclose(states[0], states[3], atol=1e-6) is not positions


def test_places_are_the_waves_of_the_paper() -> None:
    found = places(50, 6)
    for t in range(50):
        for i in range(3):
            angle = t / 10_000 ** (2 * i / 6)
            assert found[t, 2 * i].item() == pytest.approx(math.sin(angle), abs=1e-5)
            assert found[t, 2 * i + 1].item() == pytest.approx(math.cos(angle), abs=1e-5)


def test_names_of_the_weights_are_plain() -> None:
    names = set(model(layers=1).state_dict())
    parts = ("query", "key", "value", "out", "norm1", "linear1", "linear2", "norm2")
    inside = {f"blocks.0.{part}.{kind}" for part in parts for kind in ("weight", "bias")}
    assert names == {"embedding.weight", "readout.weight", "readout.bias"} | inside


def test_it_learns_about_as_many_numbers_as_an_lstm_of_twice_its_size() -> None:
    made = Transformer(TransformerSpec(hidden=32, weights="fresh"), WORDS, OUTPUTS)
    learned = sum(weight.numel() for weight in made.blocks.parameters())
    lstm = sum(weight.numel() for weight in nn.LSTM(24, 64).parameters())
    assert learned == pytest.approx(lstm, rel=0.02)
