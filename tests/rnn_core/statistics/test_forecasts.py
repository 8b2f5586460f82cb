from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import integers
from sklearn.metrics import mean_pinball_loss

from rnn_core.statistics.forecasts import Interval, coverage, mean_interval, pinball


@given(integers(1, 60), integers(0, 100))
def test_the_mean_lies_in_its_interval_or_beside_it_where_there_is_one_block(count: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=count)
    low, mean, high = mean_interval(values)
    assert mean == pytest.approx(values.mean())
    assert low <= high
    assert tuple(mean_interval(values)) == (low, mean, high)  # drawn the same again


def test_of_independent_numbers_it_is_the_usual_interval() -> None:
    values = np.random.default_rng(1).normal(size=900)
    low, mean, high = mean_interval(values, block=1)
    usual = 1.96 * values.std() / 30
    assert low == pytest.approx(mean - usual, abs=0.01)
    assert high == pytest.approx(mean + usual, abs=0.01)


def test_a_side_is_taken_only_beyond_0() -> None:
    assert [Interval(*ends).side for ends in ((-2, -1, -0.5), (-1, 0, 1), (0.5, 1, 2), (0, 0, 0))] == [-1, 0, 1, 0]


def test_the_pinball_loss_is_scikit_learns() -> None:
    draw = np.random.default_rng(0)
    shares, said, truth = np.array([0.1, 0.5, 0.9]), draw.normal(size=(50, 3)), draw.normal(size=50)
    theirs = np.mean([mean_pinball_loss(truth, said[:, k], alpha=share) for k, share in enumerate(shares)])
    assert pinball(shares, said, truth) == pytest.approx(theirs)
    assert coverage(said.min(axis=1), said.max(axis=1), said[:, 1]) == (50, 50)
