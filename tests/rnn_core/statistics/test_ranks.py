from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata, spearmanr

from rnn_core.statistics.ranks import rank_values, spearman

PAIRS = st.lists(st.tuples(st.integers(-4, 4), st.floats(-1, 1)), min_size=2, max_size=9)


@given(PAIRS)
def test_ranks_and_their_correlation_are_scipys(pairs) -> None:
    one, other = (np.array(side, float) for side in zip(*pairs, strict=True))
    np.testing.assert_array_equal(rank_values(one), rankdata(one))
    if len(set(one)) > 1 and len(set(other)) > 1:
        assert spearman(one, other) == pytest.approx(spearmanr(one, other).statistic, abs=1e-12)
    else:
        assert math.isnan(spearman(one, other))


@given(PAIRS)
def test_only_the_order_counts(pairs) -> None:
    one, other = (np.array(side, float) for side in zip(*pairs, strict=True))
    np.testing.assert_equal(spearman(np.exp(one), other), spearman(one, other))
    np.testing.assert_allclose(spearman(-one, other), -spearman(one, other), atol=1e-12)


def test_what_is_not_there_has_no_rank() -> None:
    assert math.isnan(spearman(np.array([1.0, math.nan]), np.array([1.0, 2.0])))
    assert math.isnan(spearman(np.array([]), np.array([])))
