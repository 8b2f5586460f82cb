"""The radius is that of the eigenvalues, for steps of any size and shape."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.gradients.spectral_radius import find_radius


@given(st.integers(0, 2**16), st.integers(1, 40), st.sampled_from([1e-200, 1e-3, 1.0, 1e3, 1e150]))
def test_it_is_the_largest_eigenvalue(seed: int, size: int, scale: float) -> None:
    matrix = np.random.default_rng(seed).normal(size=(size, size)) * scale
    np.testing.assert_allclose(find_radius(matrix), np.abs(np.linalg.eigvals(matrix)).max(), rtol=1e-3)


@pytest.mark.parametrize("radius", [0.5, 1.0, 1.5])
def test_it_holds_far_from_normal_and_for_an_orthogonal_matrix(radius: float) -> None:
    upper = np.triu(np.full((20, 20), 50.0), 1) + radius * np.eye(20)
    assert math.isclose(find_radius(upper), radius, rel_tol=5e-3)
    turned, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(30, 30)))
    assert math.isclose(find_radius(radius * turned), radius, rel_tol=1e-3)


@pytest.mark.parametrize(("matrix", "radius"), [(np.zeros((3, 3)), 0.0), (np.triu(np.ones((5, 5)), 1), 0.0)])
def test_a_step_that_keeps_nothing_has_none(matrix: np.ndarray, radius: float) -> None:
    assert find_radius(matrix) == radius


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_has_none(value: float) -> None:
    assert math.isnan(find_radius(np.array([[1.0, value], [0.0, 1.0]])))
