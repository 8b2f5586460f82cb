from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.gradients import decay


def geometric(factor: float, steps: int, after: int = 0) -> np.ndarray:
    """Norms that fall by `factor` a step back from the loss, and zeros after it."""
    return np.concatenate([factor ** np.arange(steps)[::-1], np.zeros(after)])


@given(st.lists(st.floats(0, 1e30), min_size=1, max_size=9), st.floats(1e-30, 1e30))
def test_shares_are_of_what_there_is_at_the_loss(norms: list[float], at_loss: float) -> None:
    values = np.array([*norms, at_loss, 0.0])
    found = decay.shares(values, len(norms))
    assert found[len(norms)] == 1
    np.testing.assert_array_equal(found, values / at_loss)


@pytest.mark.parametrize("at_loss", [0.0, np.inf, np.nan])
def test_of_nothing_and_of_what_is_not_finite_there_are_no_shares(at_loss: float) -> None:
    np.testing.assert_array_equal(decay.shares(np.array([0.5, at_loss]), 1), [0.5, at_loss])


@given(st.floats(0.01, 0.98))
def test_a_geometric_fall_reaches_as_far_as_its_factor_says(factor: float) -> None:
    reached = decay.reach(geometric(factor, 460), 459)
    assert reached == pytest.approx(np.log(0.01) / np.log(factor), rel=1e-9)


def test_reach_is_the_last_fall_and_even_in_the_logarithm_between_steps() -> None:
    assert decay.reach(np.array([1e-4, 0.1, 1e-4, 1.0]), 3) == pytest.approx(2 + 1 / 3)
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


@given(st.lists(st.floats(1e-9, 1e9), min_size=2, max_size=30))
def test_a_reach_never_contradicts_what_is_left_at_the_first_step(norms: list[float]) -> None:
    at = len(norms) - 1
    reached, left = decay.reach(np.array(norms), at), decay.shares(np.array(norms), at)
    assert (reached is None) == (left[0] >= 0.01 * (1 - 1e-12)) or left[0] == pytest.approx(0.01)
    if reached is not None:
        assert (left[: at - int(reached)] < 0.01 * (1 + 1e-9)).all()


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
    assert decay.nearest(norms, 2) == 3
    assert decay.reach(np.array([0.001, 1.0, 700.0]), 1) == pytest.approx(2 / 3)


@pytest.mark.parametrize("sizes", [[0.0, 0.0], [1.0, np.inf], [np.nan, 1.0]])
def test_no_share_of_nothing_and_of_what_is_not_finite(sizes: list[float]) -> None:
    assert decay.nearest(np.array(sizes), 1) is None


@pytest.mark.parametrize("at", [-1, 3, 1.5])
def test_a_step_that_is_not_there_is_refused(at: float) -> None:
    with pytest.raises(KiokuError, match="from 0 to 2"):
        decay.by_lag(np.ones(3), at)


@given(
    st.one_of(st.floats(-900, 100), st.sampled_from([-np.inf, np.inf])),
    st.sampled_from([(-8, 4), (-36, 12), (-120, 40)]),
)
def test_there_always_is_a_right_notch_with_two_near_ones_beside_it(left: float, ends: tuple[int, int]) -> None:
    notch = (ends[1] - ends[0]) / 24
    drawn = [ends[0] + notch * place for place in range(25)]
    verdicts = [decay.judge(left, exponent, ends, notch) for exponent in drawn]
    right = [place for place, verdict in enumerate(verdicts) if verdict == "right"]
    assert 1 <= len(right) <= 2  # two where it lies half way between
    near = [place for place, verdict in enumerate(verdicts) if verdict == "near"]
    assert set(near) <= set(range(right[0] - 2, right[-1] + 3))
    assert verdicts.count("wrong") >= 25 - 6


def test_what_was_guessed_of_no_number_is_wrong() -> None:
    assert decay.judge(np.nan, 0.0, (-8, 4), 0.5) == "wrong"
