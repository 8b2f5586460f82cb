from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError, order
from rnn_core.models import registry
from rnn_core.models.reordering import read_orders
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import segment

WORDS = segment(order.SENTENCE).tokens
BAG, WINDOW, CNN = order.READERS


def expected(spec: order.NetworkSpec, words: tuple[str, ...]) -> np.ndarray:
    """The distributions, from the module itself."""
    with torch.inference_mode():
        scores = registry.family_of(spec).load(spec)(torch.tensor([smalltalk.vocabulary().encode(words)]))
    return scores.softmax(dim=-1)[0].numpy()


@pytest.mark.parametrize("spec", order.NETWORKS, ids=lambda spec: spec.name)
def test_both_orders_are_what_torch_computes_after_every_word(spec: order.NetworkSpec) -> None:
    found = read_orders(spec, WORDS, (2, 1, 0, 3, 4))
    assert found is not None
    other = order.swapped(WORDS, 0, 2)
    np.testing.assert_array_equal(found.before, expected(spec, WORDS))
    np.testing.assert_array_equal(found.after, expected(spec, other))
    before, after = registry.answers(spec, (WORDS, other))
    assert found.moved[-1] == order.total_variation(before.distribution, after.distribution)
    assert [guess.text for guess in found.top(4)] == [before.reply.text, after.reply.text]


def test_a_recurrent_network_has_a_state_and_the_others_none() -> None:
    for spec in order.NETWORKS:
        found = read_orders(spec, WORDS, (2, 1, 0, 3, 4))
        assert found is not None
        assert (found.gap is not None) == isinstance(spec, ModelSpec)
    spec = order.RECURRENT[1]
    found = read_orders(spec, WORDS, (0, 2, 1, 3, 4))
    assert found is not None
    first, second = (
        registry.run(spec, words).layer()["hidden_state"].astype(np.float64)
        for words in (WORDS, order.swapped(WORDS, 1, 2))
    )
    np.testing.assert_allclose(found.gap, np.sqrt(((first - second) ** 2).mean(axis=1)), rtol=1e-12)
    assert found.gap[0] == 0  # the first word stands where it stood


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(5)))
def test_the_bag_is_equal_in_every_bit_at_the_end_of_every_order(places: list[int]) -> None:
    found = read_orders(BAG, WORDS, places)
    assert found is not None
    assert found.moved[-1] == 0


def test_nothing_moves_in_the_same_order_and_a_window_refuses_what_is_too_long() -> None:
    for spec in order.NETWORKS:
        same = read_orders(spec, WORDS, range(5))
        assert same is not None
        assert same.moved == (0,) * 5
        assert same.gap is None or (same.gap == 0).all()
    assert read_orders(WINDOW, WORDS * 2, range(10)) is None
    assert read_orders(CNN, WORDS * 2, range(10)) is not None


@pytest.mark.parametrize("places", [(0, 1), (0, 0, 1, 2, 3), (1, 2, 3, 4, 5), ()])
def test_what_is_no_order_of_the_words_is_refused(places: tuple[int, ...]) -> None:
    with pytest.raises(KiokuError) as caught:
        read_orders(BAG, WORDS, places)
    assert caught.value.code == "no_such_order"
