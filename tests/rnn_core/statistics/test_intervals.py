from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from rnn_core.statistics.intervals import Z, shares, wilson


@given(total=st.integers(1, 5000), part=st.floats(0, 1))
def test_the_ends_are_where_the_normal_test_just_gives_in(total: int, part: float) -> None:
    right = round(part * total)
    (share,), ((low,), (high,)) = shares([right], [total]), wilson([right], [total])
    assert 0 <= low <= share <= high <= 1
    for end in {float(low), float(high)} - {0.0, 1.0, float(share)}:
        assert abs(share - end) == pytest.approx(Z * np.sqrt(end * (1 - end) / total), rel=1e-6, abs=1e-9)


@given(total=st.integers(1, 5000), part=st.floats(0, 1))
def test_it_is_scipys(total: int, part: float) -> None:
    right = round(part * total)
    (low,), (high,) = wilson([right], [total])
    assert (low, high) == pytest.approx(tuple(binomtest(right, total).proportion_ci(method="wilson")), abs=1e-12)


def test_more_of_the_same_share_is_surer() -> None:
    low, high = wilson([3, 30, 300], [4, 40, 400])
    assert np.all(np.diff(high - low) < 0)


def test_right_and_wrong_are_mirrored() -> None:
    low, high = wilson([2, 9], [10, 12])
    mirrored = wilson([8, 3], [10, 12])
    np.testing.assert_allclose(low, 1 - mirrored[1], atol=1e-15)
    np.testing.assert_allclose(high, 1 - mirrored[0], atol=1e-15)


def test_nothing_counted_says_nothing() -> None:
    assert np.isnan(shares([0], [0])).all()
    assert np.isnan(wilson([0], [0])).all()
