from __future__ import annotations

import numpy as np
import pytest

from rnn_core.statistics import recall


def test_equal_draws_are_equal_and_softmax_forgets_nothing() -> None:
    found = recall.recall_pairs(16, 8, trials=20)
    assert found == recall.recall_pairs(16, 8, trials=20)
    assert found["softmax"] == 1


def test_a_state_of_fixed_size_fills_up_and_a_larger_one_later() -> None:
    shares = [recall.recall_pairs(16, pairs, trials=20)["linear"] for pairs in (4, 16, 64)]
    assert shares == sorted(shares, reverse=True)
    assert recall.recall_pairs(32, 64, trials=20)["linear"] > shares[-1]


def test_of_orthonormal_keys_the_delta_rule_has_the_latest_values() -> None:
    found = recall.recall_rewritten(32, trials=20)
    assert found["delta"] == 1
    assert found["linear"] < found["decay"] < 1


def test_a_write_of_the_delta_rule_is_read_back() -> None:
    key = np.array([0.6, 0.8])
    state = recall.WRITES["delta"](np.ones((2, 2)), key, np.array([3.0, -1.0]))
    np.testing.assert_allclose(state @ key, [3.0, -1.0])


@pytest.mark.parametrize("bits", [[1], [0], [1, 1, 1, 0, 0, 1], list(range(2)) * 500])
def test_two_units_set_by_hand_count(bits: list[int]) -> None:
    assert recall.count_by_hand(np.array(bits)) == 0
