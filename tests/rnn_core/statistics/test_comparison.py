from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.statistics import comparison


def random(steps: int, units: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(steps, units))


def test_the_distance_is_the_norm_of_what_differs() -> None:
    one, other = random(5, 3), random(5, 3, 1)
    np.testing.assert_allclose(comparison.distance(one, other), np.linalg.norm(one - other, axis=1), rtol=1e-15)
    assert (comparison.distance(one, one) == 0).all()


def test_a_tiny_float32_distance_does_not_become_zero() -> None:
    tiny = np.full((1, 2), 1e-30, np.float32)
    (length,) = comparison.distance(tiny, np.zeros_like(tiny))
    assert length == pytest.approx(np.sqrt(2) * 1e-30, rel=1e-6, abs=0)


def test_what_is_not_finite_stays_so() -> None:
    values = np.array([[np.nan], [np.inf], [np.inf]])
    assert np.isnan(comparison.distance(values, np.array([[0.0], [np.inf], [0.0]]))[:2]).all()
    assert comparison.distance(values, np.zeros((3, 1)))[2] == np.inf


@pytest.mark.parametrize(("dtype", "limit"), [("float32", 1e-5), ("float64", 1e-12)])
def test_rounding_is_what_a_recording_promises(dtype: str, limit: float) -> None:
    assert comparison.rounding(np.zeros(1, dtype), np.zeros(1)) == limit


def test_the_first_step_apart() -> None:
    gaps = np.array([0.0, 1e-6, 0.5, 0.0])
    assert comparison.first_apart(gaps, 1e-5) == 2
    assert comparison.first_apart(gaps, 0.0) == 1
    assert comparison.first_apart(gaps[:2], 1e-5) is None
    assert comparison.first_apart(np.array([0.0, np.nan]), 1e-5) == 1


def test_changes_are_distances_to_the_step_before() -> None:
    values = random(4, 3)
    np.testing.assert_array_equal(comparison.changes(values), comparison.distance(values[1:], values[:-1]))
    assert comparison.changes(values[:1]).shape == (0,)


def test_the_steepest_move() -> None:
    values = random(6, 4)
    step, unit, change = comparison.steepest(values)
    assert change == values[step, unit] - values[step - 1, unit]
    assert abs(change) == np.abs(np.diff(values, axis=0)).max()
    assert comparison.steepest(values[:1]) is None
    assert comparison.steepest(np.full((3, 1), np.nan)) is None
    values[2, 1] = np.inf
    assert np.isfinite(comparison.steepest(values)[2])


def test_the_liveliest_units_vary_most() -> None:
    values = random(9, 5) * [1, 3, 2, 0, 3]
    values[:, 4] = values[:, 1]
    assert comparison.liveliest(values, 4) == tuple(np.argsort(-values.std(axis=0), kind="stable")[:4].tolist())
    steady_but_for_once, restless = np.eye(1, 8, 3)[0], np.tile([0.0, 0.9], 4)
    assert comparison.liveliest(np.stack([steady_but_for_once, restless], axis=1), 1) == (1,)
    assert comparison.liveliest(np.array([[np.nan, 0.0], [np.inf, 0.1]]), 2) == (1, 0)


def test_means_and_saturation() -> None:
    gates = np.array([[1.0, 0.9, 0.5, 0.1], [0.0, 0.5, 0.5, 0.5]], np.float32)
    np.testing.assert_allclose(comparison.means(gates), [0.625, 0.375])
    assert comparison.means(gates).dtype == np.float64
    assert comparison.saturation(gates.astype(np.float64)) == (0.125, 0.125)


SENTENCES = st.lists(st.sampled_from("abc"), min_size=1, max_size=8)


@given(SENTENCES, SENTENCES)
def test_pairs_are_in_order_and_each_step_has_one_partner_at_most(before: list[str], after: list[str]) -> None:
    made = comparison.pairs(before, after)
    assert len(made) == min(len(before), len(after))
    for side, length in ((0, len(before)), (1, len(after))):
        steps = [pair[side] for pair in made]
        assert steps == sorted(set(steps))
        assert set(steps) <= set(range(length))


@given(SENTENCES, st.data())
def test_what_was_not_edited_belongs_together(words: list[str], data: st.DataObject) -> None:
    assert comparison.pairs(words, words) == tuple((i, i) for i in range(len(words)))
    at = data.draw(st.integers(0, len(words) - 1))
    edited = [*words[:at], "x", *words[at + 1 :]]
    assert comparison.pairs(words, edited) == tuple((i, i) for i in range(len(words)))
    if len(words) > 1:
        removed = [*words[:at], *words[at + 1 :]]
        assert all(words[mine] == removed[other] for mine, other in comparison.pairs(words, removed))


@settings(deadline=None)  # the first example imports scipy
@given(st.integers(1, 12), st.integers(1, 9), st.integers(0, 5))
def test_an_order_has_each_unit_once_and_is_always_the_same(steps: int, units: int, seed: int) -> None:
    values = random(steps, units, seed)
    order = comparison.similarity_order(values)
    assert sorted(order) == list(range(units))
    assert all(isinstance(unit, int) for unit in order)
    assert order == comparison.similarity_order(values.copy())


def test_units_that_move_alike_stand_side_by_side() -> None:
    up, wave = np.linspace(0, 1, 12), np.sin(np.arange(12))
    values = np.stack([up, wave, 3 * up + 1, 0.1 * wave, up**1.1], axis=1)
    places = {unit: place for place, unit in enumerate(comparison.similarity_order(values))}
    assert abs(places[1] - places[3]) == 1
    assert {places[0], places[2], places[4]} in ({0, 1, 2}, {2, 3, 4})


def test_the_order_follows_the_units_and_not_their_numbers() -> None:
    values, shuffle = random(10, 7), np.random.default_rng(3).permutation(7)
    one = comparison.similarity_order(values)
    other = tuple(int(shuffle[unit]) for unit in comparison.similarity_order(values[:, shuffle]))
    assert one in (other, other[::-1])


def test_units_that_do_not_vary_stand_last() -> None:
    values = random(6, 5)
    values[:, 1], values[:, 3] = 0.1, np.nan
    assert comparison.similarity_order(values)[-2:] == (1, 3)
    assert comparison.similarity_order(np.full((4, 3), 0.1, np.float32)) == (0, 1, 2)
    assert comparison.similarity_order(values[:1]) == (0, 1, 2, 3, 4)


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_the_order_does_not_depend_on_the_size(scale: float) -> None:
    values = random(8, 6)
    assert comparison.similarity_order(values * scale) == comparison.similarity_order(values)
