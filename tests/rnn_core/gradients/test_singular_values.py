from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.jacobians import step_jacobians
from rnn_core.gradients.recurrent_matrix import spectral_radius
from rnn_core.gradients.singular_values import solve_largest, solve_products, sum_bounds

NILPOTENT = 2.0 * np.array([[1.0, 1.0], [-1.0, -1.0]])


def draws(steps: int, size: int, seed: int, scale: float = 1.0) -> np.ndarray:
    return scale * np.random.default_rng(seed).normal(size=(steps, size, size))


@given(st.integers(1, 5), st.integers(1, 6), st.integers(0, 99), st.sampled_from([1e-250, 1.0, 1e250]))
def test_the_largest_singular_value_is_numpys(steps: int, size: int, seed: int, scale: float) -> None:
    drawn = draws(steps, size, seed)
    want = np.linalg.svd(drawn, compute_uv=False)[:, 0] * scale
    np.testing.assert_allclose(solve_largest(drawn * scale), want, rtol=1e-12)


def test_a_matrix_of_zeros_has_0_and_one_that_is_not_finite_has_none() -> None:
    found = solve_largest(np.array([np.zeros((2, 2)), np.full((2, 2), np.nan), [[np.inf, 0], [0, 1]], np.eye(2)]))
    np.testing.assert_array_equal(found, [0, np.nan, np.nan, 1])


@given(st.integers(1, 8), st.integers(1, 4), st.integers(0, 99))
def test_the_product_is_that_of_exact_arithmetic(at: int, size: int, seed: int) -> None:
    jacobians = np.random.default_rng(seed).integers(-3, 4, (at + 1, size, size)).astype(float)
    places = list(range(at + 1))
    found = solve_products(jacobians, at, places)
    product = np.vectorize(Fraction)(np.eye(size, dtype=int))
    for place in reversed(places):
        want = np.linalg.svd(product.astype(float), compute_uv=False)[0]
        assert 10.0 ** found[place] == pytest.approx(want, rel=1e-9, abs=1e-12)
        if place:
            product = product @ np.vectorize(Fraction)(jacobians[place].astype(int))


def test_a_product_that_no_float_holds_has_its_decades() -> None:
    assert solve_products(draws(1, 1, 0, 0).repeat(201, 0) + 1e-3, 200, [0, 100]).tolist() == pytest.approx(
        [-600, -300]
    )
    assert solve_products(np.full((4, 1, 1), 1e200), 3, [0]).tolist() == pytest.approx([600])


def test_a_product_of_exactly_0_and_one_that_is_not_finite() -> None:
    zero = solve_products(np.array([NILPOTENT, NILPOTENT, NILPOTENT]), 2, [0, 1, 2])
    assert zero[0] == -np.inf
    assert zero[1:].tolist() == pytest.approx([np.log10(4), 0])
    assert sum_bounds(np.array([4.0, 0.0]), [0, 1, 2]).tolist() == [-np.inf, -np.inf, 0]
    lost = solve_products(np.array([np.eye(2), np.full((2, 2), np.nan), np.eye(2)]), 2, [0, 1, 2])
    assert np.isnan(lost).tolist() == [True, False, False]


@given(st.integers(2, 9), st.integers(1, 5), st.integers(0, 99))
def test_no_product_is_larger_than_its_steps_together(steps: int, size: int, seed: int) -> None:
    jacobians, places = draws(steps, size, seed), list(range(steps))
    products = solve_products(jacobians, steps - 1, places)
    bounds = sum_bounds(solve_largest(jacobians)[1:], places)
    assert (products <= bounds + 1e-9).all()
    assert products[-2:].tolist() == pytest.approx(bounds[-2:].tolist(), abs=1e-9)  # of one step they are the same


def test_a_radius_of_0_forbids_no_growth() -> None:
    """One saturated unit is enough: what decides is the largest singular value, here 4."""
    module = nn.RNN(1, 2).double()
    with torch.no_grad():
        module.weight_hh_l0.copy_(torch.tensor(NILPOTENT))
        module.weight_ih_l0.zero_()
        module.bias_ih_l0.copy_(torch.tensor([-2.0, 22.0]))  # unit 1 rests at 0, unit 2 at tanh(20) = 1
        module.bias_hh_l0.zero_()
    state = torch.tensor([[0.0, 1.0]], dtype=torch.float64)
    given_steps = torch.zeros(30, 1, dtype=torch.float64)
    norms = backpropagate(module, given_steps, lambda states: states[-1, 0], state).norms("hidden_state")
    assert spectral_radius(module)["preactivation"] == pytest.approx(0, abs=1e-6)
    assert norms[0] / norms[-1] == pytest.approx(2**29 * np.sqrt(2), rel=1e-6)
    jacobians = step_jacobians(module, given_steps, state)
    assert solve_products(jacobians, 29, [0])[0] == pytest.approx(np.log10(2**29 * np.sqrt(2)), abs=1e-6)
    assert solve_largest(jacobians).max() > 1
    assert solve_largest(NILPOTENT[None])[0] == pytest.approx(4)
