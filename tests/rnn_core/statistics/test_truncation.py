"""Temperature, top-k and top-p against their definitions, by enumeration."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.statistics.truncation import Truncation

WEIGHTS = st.lists(st.integers(1, 9), min_size=1, max_size=6).map(lambda one: np.array(one) / sum(one))


@given(row=WEIGHTS, temperature=st.sampled_from((0.2, 0.5, 1.0, 2.0, 10.0)))
def test_temperature_is_the_softmax_of_the_scores_over_it(row: np.ndarray, temperature: float) -> None:
    scores = np.exp(np.log(row) / temperature)
    np.testing.assert_allclose(Truncation(temperature=temperature).apply(row), scores / scores.sum(), atol=1e-12)


@given(row=WEIGHTS, k=st.integers(1, 8))
def test_top_k_is_the_k_outputs_that_have_most_together(row: np.ndarray, k: int) -> None:
    found = Truncation(top_k=k).apply(row)
    size = min(k, len(row))
    best = max(sum(row[list(kept)]) for kept in combinations(range(len(row)), size))
    assert np.count_nonzero(found) == size
    assert row[found > 0].sum() == pytest.approx(best)
    np.testing.assert_allclose(found[found > 0], row[found > 0] / best)


@given(row=WEIGHTS, p=st.sampled_from((0.0, 0.1, 0.5, 0.9, 1.0)))
def test_top_p_is_the_smallest_set_that_reaches_p(row: np.ndarray, p: float) -> None:
    kept = Truncation(top_p=p).apply(row) > 0
    reaching = [
        size
        for size in range(1, len(row) + 1)
        for one in combinations(range(len(row)), size)
        if row[list(one)].sum() >= p - 1e-12
    ]
    assert kept.sum() in (min(reaching), min(reaching) + 1)  # rounding may ask for one more
    assert row[kept].min() >= (row[~kept].max() if (~kept).any() else 0)


def test_temperature_0_leaves_the_most_probable_and_of_equals_the_first() -> None:
    rows = np.array([[0.2, 0.4, 0.4], [0.5, 0.3, 0.2]])
    assert Truncation(temperature=0).apply(rows).tolist() == [[0, 1, 0], [1, 0, 0]]


def test_nothing_changes_without_settings() -> None:
    row = np.random.default_rng(0).dirichlet(np.ones(50) * 0.01)
    np.testing.assert_allclose(Truncation().apply(row), row, atol=1e-12)


@pytest.mark.parametrize("wrong", [{"temperature": -1.0}, {"temperature": 11.0}, {"top_k": 0}, {"top_p": 1.5}])
def test_what_is_out_of_range_is_said(wrong: dict[str, float]) -> None:
    with pytest.raises(KiokuError):
        Truncation(**wrong)
