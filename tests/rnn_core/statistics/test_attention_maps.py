from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.statistics import attention_maps


def rows(seed: int, steps: int, source: int, heads: int = 1) -> np.ndarray:
    scores = np.random.default_rng(seed).normal(0, 3, (steps, heads, source))
    shares = np.exp(scores)
    return shares / shares.sum(axis=-1, keepdims=True)


@given(seed=st.integers(0, 999), steps=st.integers(1, 8), source=st.integers(1, 8), heads=st.integers(1, 4))
def test_what_is_seen_sums_to_1_in_each_row(seed: int, steps: int, source: int, heads: int) -> None:
    attention = rows(seed, steps, source, heads)
    for head in (None, *range(heads)):
        seen = attention_maps.seen(attention, head)
        assert seen.shape == (steps, source)
        np.testing.assert_allclose(seen.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(
        attention_maps.seen(attention, None), np.einsum("ths->ts", attention) / heads, atol=1e-12
    )
    np.testing.assert_array_equal(attention_maps.seen(attention, heads - 1), attention[:, -1])


def test_one_head_is_its_own_mean_to_the_bit() -> None:
    attention = rows(1, 4, 5).astype(np.float32)
    assert attention_maps.seen(attention, None).dtype == np.float32
    np.testing.assert_array_equal(attention_maps.seen(attention, None), attention[:, 0])


def test_a_row_settles_on_a_word_with_more_than_half_of_it() -> None:
    assert attention_maps.unsettled(np.array([[0.51, 0.49], [0.5, 0.5], [0.2, 0.8], [0.34, 0.33]])) == (1, 3)


@pytest.mark.parametrize("steps", [1, 2, 6])
def test_the_order_of_a_diagonal_is_kept_and_of_its_mirror_turned(steps: int) -> None:
    pairs = steps * (steps - 1) // 2
    assert attention_maps.inversions(np.eye(steps)) == (0, pairs)
    assert attention_maps.inversions(np.eye(steps)[::-1]) == (pairs, pairs)


@given(seed=st.integers(0, 999), steps=st.integers(2, 8), source=st.integers(2, 8))
def test_reading_the_source_backwards_turns_every_pair(seed: int, steps: int, source: int) -> None:
    weights = rows(seed, steps, source)[:, 0]
    turned, pairs = attention_maps.inversions(weights)
    assert attention_maps.inversions(weights[:, ::-1]) == (pairs - turned, pairs)


@given(seed=st.integers(0, 999), heads=st.integers(1, 4))
def test_each_head_mixes_its_own_and_all_mix_all(seed: int, heads: int) -> None:
    weights = rows(seed, 3, 5, heads)
    values = np.random.default_rng(seed).normal(size=(5, heads, 2))
    contexts = np.einsum("ths,shd->thd", weights, values)
    for head in range(heads):
        states, context = attention_maps.mixed(values, contexts, head)
        np.testing.assert_allclose(attention_maps.seen(weights, head) @ states, context, atol=1e-12)
    states, context = attention_maps.mixed(values, contexts, None)
    assert (states.shape, context.shape) == ((5, 2 * heads), (3, 2 * heads))
    np.testing.assert_array_equal(states[:, :2], values[:, 0])
    np.testing.assert_array_equal(context[:, -2:], contexts[:, -1])


@given(seed=st.integers(0, 999), place=st.integers(0, 5))
def test_moving_the_weight_is_undone_by_moving_it_back(seed: int, place: int) -> None:
    row = rows(seed, 1, 6)[0, 0]
    moved = attention_maps.moved(row, place)
    assert moved[place] == row.max()
    assert sorted(moved) == sorted(row.tolist())
    assert attention_maps.moved(np.array(moved), int(row.argmax())) == tuple(row.tolist())
