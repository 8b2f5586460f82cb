from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import steady
from rnn_core.models.transformer import Transformer
from rnn_core.specs import TransformerSpec

WORDS = 30
sentences = st.lists(st.integers(0, WORDS - 1), min_size=2, max_size=24)


def model(seed: int, *, positions: bool) -> Transformer:
    torch.manual_seed(seed)
    return Transformer(TransformerSpec(hidden=8, heads=2, positions=positions, weights="fresh"), WORDS, 5)


def read(made: Transformer, words: list[int], *, causal: bool) -> np.ndarray:
    weights = {name: weight.detach().numpy() for name, weight in made.state_dict().items()}
    with torch.inference_mode():
        inputs = made.placed(torch.tensor([words]))[0].numpy()
    return steady.states(weights, 2, inputs, causal=causal)


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("positions", [True, False])
@settings(max_examples=20, deadline=None)
@given(words=sentences, seed=st.integers(0, 5))
def test_it_is_what_torch_computes(causal: bool, positions: bool, words: list[int], seed: int) -> None:
    made = model(seed, positions=positions).double()
    with torch.inference_mode():
        x = made.placed(torch.tensor([words]))
        for block in made.blocks:
            x = block(x, causal)
    np.testing.assert_allclose(read(made, words, causal=causal), x[0].numpy(), atol=1e-12, rtol=0)


@settings(max_examples=60, deadline=None)
@given(words=sentences, seed=st.integers(0, 5), data=st.data())
def test_without_places_and_mask_another_order_permutes_the_states_to_the_last_bit(
    words: list[int], seed: int, data: st.DataObject
) -> None:
    made, order = model(seed, positions=False), data.draw(st.permutations(range(len(words))))
    one, other = (read(made, sentence, causal=False) for sentence in (words, [words[place] for place in order]))
    np.testing.assert_array_equal(one[list(order)], other)


@settings(max_examples=40, deadline=None)
@given(words=sentences, seed=st.integers(0, 5), positions=st.booleans(), data=st.data())
def test_behind_the_mask_later_words_change_nothing_to_the_last_bit(
    words: list[int], seed: int, positions: bool, data: st.DataObject
) -> None:
    made, cut = model(seed, positions=positions), data.draw(st.integers(1, len(words) - 1))
    other = [*words[:cut], *((word + 1) % WORDS for word in words[cut:])]
    one, two = (read(made, sentence, causal=True) for sentence in (words, other))
    np.testing.assert_array_equal(one[:cut], two[:cut])
    assert (one[cut:] != two[cut:]).any(axis=1).all()
    free = (read(made, sentence, causal=False) for sentence in (words, other))
    assert not np.array_equal(*(states[:cut] for states in free))


@pytest.mark.parametrize(("positions", "causal"), [(True, True), (True, False), (False, True)])
def test_with_places_or_mask_the_order_counts(positions: bool, causal: bool) -> None:
    made, words = model(0, positions=positions), [3, 1, 4, 2, 5]
    one, other = (read(made, sentence, causal=causal) for sentence in (words, words[::-1]))
    assert np.abs(one[::-1] - other).max() > 1e-3
