from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.gradients import decay

FACTORS = st.floats(0.01, 3)


def geometric(factor: float, steps: int, after: int = 0) -> np.ndarray:
    """Norms that fall by `factor` a step back from the loss, and zeros after it."""
    return np.concatenate([factor ** np.arange(steps)[::-1], np.zeros(after)])


@given(FACTORS, st.integers(2, 60), st.integers(0, 5))
def test_the_rate_of_a_geometric_fall_is_its_factor(factor: float, steps: int, after: int) -> None:
    assert decay.rate(geometric(factor, steps, after), steps - 1) == pytest.approx(factor, rel=1e-9)


def test_the_rate_is_the_least_squares_line_through_the_logarithms() -> None:
    norms = np.random.default_rng(0).uniform(1e-9, 1, 40)
    slope = np.polyfit(np.arange(31), np.log(norms[30::-1]), 1)[0]
    assert decay.rate(norms, 30) == pytest.approx(np.exp(slope), rel=1e-12)


def test_what_has_no_logarithm_is_left_out_of_the_line() -> None:
    norms = geometric(0.5, 9)
    norms[[1, 3, 4]] = np.inf, 0, np.nan
    assert decay.rate(norms, 8) == pytest.approx(0.5)
    assert decay.rate(np.array([0.0, np.nan, 1.0]), 2) is None
    assert decay.rate(np.array([1.0, 1.0]), 0) is None


def test_norms_too_small_to_square_keep_their_rate() -> None:
    assert decay.rate(np.array([1e-300, 1e-200, 1e-100, 1.0]), 3) == pytest.approx(1e-100)


@given(st.floats(0.01, 0.98))
def test_a_geometric_fall_reaches_as_far_as_its_rate_says(factor: float) -> None:
    reached = decay.reach(geometric(factor, 460), 459)
    assert reached == pytest.approx(np.log(0.01) / np.log(factor), rel=1e-9)


def test_reach_is_the_first_fall_and_even_in_the_logarithm_between_steps() -> None:
    assert decay.reach(np.array([1.0, 1e-4, 0.1, 1.0]), 3) == pytest.approx(1 + 1 / 3)
    assert decay.reach(np.array([0.0, 1e-3, 1.0, 0.0]), 2) == pytest.approx(2 / 3)
    assert decay.reach(np.array([0.4, 1.0]), 1, share=0.5) == pytest.approx(np.log(0.5) / np.log(0.4))


@pytest.mark.parametrize(
    ("norms", "reached"),
    [
        ([0.02, 0.1, 1.0], None),
        ([5.0, 1.0], None),
        ([1.0], None),
        ([0.0, 1.0], 1.0),
        ([0.0, 0.5, 1.0], 2.0),
        ([1e-9, np.inf, 1.0], 2.0),
        ([1e-9, np.nan, 1.0], 2.0),
        ([np.nan, 0.5, 1.0], None),
        ([0.5, 0.0], None),
        ([0.5, np.nan], None),
        ([0.5, np.inf], None),
    ],
)
def test_reach_where_a_norm_has_no_logarithm(norms: list[float], reached: float | None) -> None:
    assert decay.reach(np.array(norms), len(norms) - 1) == reached


def test_exactly_one_percent_is_not_below_it() -> None:
    assert decay.reach(np.array([0.011, 1.0]), 1) is None


@given(st.lists(st.floats(0, 1e300), min_size=1, max_size=60).filter(any), st.floats(0.01, 1))
def test_the_nearest_steps_hold_the_share_and_one_fewer_does_not(sizes: list[float], share: float) -> None:
    values = np.array(sizes)
    count = decay.nearest(values, len(values) - 1, share)
    scaled = values[::-1] / values.max()
    assert scaled[:count].sum() >= share * scaled.sum() * (1 - 1e-9)
    assert count == 1 or scaled[: count - 1].sum() < share * scaled.sum()


def test_nothing_after_the_loss_counts() -> None:
    norms = np.array([0.25, 0.5, 1.0, 700.0])
    assert decay.by_lag(norms, 2).tolist() == [1.0, 0.5, 0.25]
    assert decay.rate(norms, 2) == pytest.approx(0.5)
    assert decay.nearest(norms, 2) == 3
    assert decay.reach(np.array([0.001, 1.0, 700.0]), 1) == pytest.approx(2 / 3)


@pytest.mark.parametrize("sizes", [[0.0, 0.0], [1.0, np.inf], [np.nan, 1.0]])
def test_no_share_of_nothing_and_of_what_is_not_finite(sizes: list[float]) -> None:
    assert decay.nearest(np.array(sizes), 1) is None


@pytest.mark.parametrize("at", [-1, 3, 1.5])
def test_a_step_that_is_not_there_is_refused(at: float) -> None:
    with pytest.raises(KiokuError, match="from 0 to 2"):
        decay.by_lag(np.ones(3), at)
