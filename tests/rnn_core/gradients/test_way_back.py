from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.gradients.way_back import clip_factor, fold, straight_road, trace_back


def draws(steps: int, size: int, seed: int, scale: float = 1.0) -> np.ndarray:
    return scale * np.random.default_rng(seed).normal(size=(steps, size, size))


@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 99), st.sampled_from([1e-150, 1.0, 1e150]))
def test_what_is_left_is_the_product_and_each_factor_what_the_step_makes_of_the_gradient(
    last: int, size: int, seed: int, scale: float
) -> None:
    jacobians = draws(last + 1, size, seed, scale)
    start = np.random.default_rng(seed + 1).normal(size=size)
    found = trace_back(jacobians, start)
    gradient = start
    for step in range(last, 0, -1):
        gradient = (jacobians[step] / scale).T @ gradient
        want = np.log10(np.linalg.norm(gradient) / np.linalg.norm(start)) + (last - step + 1) * np.log10(scale)
        assert found.decades[step - 1] == pytest.approx(want, rel=1e-9, abs=1e-9)
        np.testing.assert_allclose(
            found.stretch[step - 1], np.linalg.svd(jacobians[step], compute_uv=False), rtol=1e-6, atol=1e-7 * scale
        )
        brought = np.sqrt(np.square(found.stretch[step - 1] / scale * found.aim[step - 1]).sum()) * scale
        factor = 10 ** (found.decades[step - 1] - found.decades[step])
        assert brought == pytest.approx(factor, rel=1e-6)
        assert np.square(found.aim[step - 1]).sum() == pytest.approx(1.0)


def test_the_directions_are_torchs() -> None:
    jacobians, start = draws(4, 6, 3), np.arange(1.0, 7.0)
    found = trace_back(jacobians, start)
    gradient = torch.tensor(start / np.linalg.norm(start))
    for step in (3, 2, 1):
        matrix = torch.tensor(jacobians[step])
        left, stretch, _ = torch.linalg.svd(matrix)
        np.testing.assert_allclose(found.stretch[step - 1], stretch.numpy(), rtol=1e-9)
        np.testing.assert_allclose(found.aim[step - 1], (left.T @ gradient).abs().numpy(), atol=1e-8)
        gradient = matrix.T @ gradient
        gradient /= gradient.norm()


def test_more_decades_than_a_float_holds_are_counted() -> None:
    found = trace_back(np.full((6, 1, 1), 1e-200), np.array([3.0]))
    np.testing.assert_allclose(found.decades, [-1000, -800, -600, -400, -200, 0])


def test_where_nothing_is_left_it_is_said() -> None:
    gone = trace_back(np.array([np.eye(2), np.eye(2), np.zeros((2, 2)), np.eye(2)]), np.array([1.0, 0.0]))
    assert gone.decades.tolist() == [-np.inf, -np.inf, 0.0, 0.0]
    assert gone.aim[0].tolist() == [0.0, 0.0]
    never = trace_back(np.stack([np.eye(2)] * 2), np.zeros(2))
    assert (never.size, never.decades.tolist()) == (0.0, [-np.inf, -np.inf])
    assert straight_road(np.ones((2, 2)), np.ones(2), 0.0).tolist() == [-np.inf, -np.inf]


def test_some_steps_only_are_counted_back_from_the_loss() -> None:
    jacobians, start = draws(6, 2, 0), np.ones(2)
    every, some = trace_back(jacobians, start), trace_back(jacobians, start, 2)
    there = ~np.isnan(some.stretch[:, 0])
    assert there.tolist() == [True, False, True, False, True]
    np.testing.assert_array_equal(some.aim[there], every.aim[there])
    np.testing.assert_array_equal(some.decades, every.decades)


def test_a_jacobian_that_is_not_finite_has_no_singular_values() -> None:
    jacobians = np.stack([np.eye(2), np.full((2, 2), np.nan), np.eye(2)])
    assert np.isnan(trace_back(jacobians, np.ones(2)).stretch).all(axis=1).tolist() == [True, False]


@given(st.integers(1, 7), st.integers(1, 9), st.integers(0, 99))
def test_directions_that_are_shown_together_do_what_they_do_each(most: int, size: int, seed: int) -> None:
    way = trace_back(draws(4, size, seed), np.ones(size))
    stretch, aim = fold(way, most)
    assert stretch.shape == aim.shape == (3, min(size, most + 1))
    np.testing.assert_allclose(np.square(aim).sum(1), 1.0)
    np.testing.assert_allclose(
        np.square(stretch * aim).sum(1), np.square(way.stretch * way.aim).sum(1), rtol=1e-9, atol=1e-12
    )
    np.testing.assert_array_equal(stretch[:, :most], way.stretch[:, :most])


def test_steps_that_were_not_computed_stay_so_when_folded() -> None:
    stretch, aim = fold(trace_back(draws(3, 4, 0), np.ones(4), 2), 2)
    assert np.isnan(stretch).all(axis=1).tolist() == np.isnan(aim).all(axis=1).tolist() == [True, False]


def test_the_straight_road_is_the_product_of_the_gates() -> None:
    gates, start = np.random.default_rng(0).uniform(size=(4, 3)), np.array([1.0, -2.0, 3.0])
    found = straight_road(gates, start, 2.0)
    for step in range(4):
        want = np.linalg.norm(start * gates[step + 1 :].prod(axis=0)) / 2.0
        assert 10 ** found[step] == pytest.approx(want)


@given(st.floats(1e-3, 1e6), st.floats(1e-3, 1e3))
def test_clipping_is_torchs(total: float, threshold: float) -> None:
    weight = torch.nn.Parameter(torch.zeros(3, dtype=torch.float64))
    weight.grad = torch.tensor([2.0, -1.0, 2.0], dtype=torch.float64) * total / 3
    torch.nn.utils.clip_grad_norm_([weight], threshold)
    assert float(weight.grad.norm()) == pytest.approx(
        total * clip_factor(total, threshold), rel=2e-3
    )  # torch adds 1e-6
