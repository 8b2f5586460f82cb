from __future__ import annotations

import numpy as np

from rnn_core.gradients.step_eigenvalues import solve_eigenvalues


def test_each_step_has_its_own_largest_first() -> None:
    jacobians = np.random.default_rng(0).normal(size=(5, 7, 7))
    found = solve_eigenvalues(jacobians)
    assert found.dtype == np.complex128
    assert (np.diff(np.abs(found), axis=1) <= 1e-12).all()
    for mine, jacobian in zip(found, jacobians, strict=True):
        np.testing.assert_allclose(np.sort_complex(mine), np.sort_complex(np.linalg.eigvals(jacobian)))


def test_a_step_that_is_not_finite_has_none_and_spoils_no_other() -> None:
    jacobians = np.stack([2 * np.eye(2), np.full((2, 2), np.inf), np.array([[np.nan, 0], [0, 1]])])
    found = solve_eigenvalues(jacobians)
    assert found[0].tolist() == [2, 2]
    assert np.isnan(found[1:]).all()


def test_one_unit_and_real_matrices_are_complex_too() -> None:
    assert solve_eigenvalues(np.array([[[-0.5]]])).tolist() == [[-0.5 + 0j]]
