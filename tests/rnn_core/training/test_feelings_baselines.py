from __future__ import annotations

import pytest

from rnn_core.tasks.feelings import Felt
from rnn_core.training.feelings_baselines import baselines, macro_f1

GOOD = [Felt(("a", "x"), "good")] * 12
BAD = [Felt(("b", "x"), "bad")] * 6


def test_naive_bayes_counts_tokens_and_the_commonest_answer_counts_none() -> None:
    found = baselines([*GOOD, *BAD], [*GOOD[:3], *BAD[:1]])
    assert found["naive_bayes"] == {"accuracy": 1.0, "macro_f1": 1.0}
    assert found["majority"]["accuracy"] == 0.75
    # precision 3/4 and recall 1 of the one, nothing of the other
    assert found["majority"]["macro_f1"] == pytest.approx((2 * 0.75 / 1.75) / 2)


def test_order_is_nothing_to_naive_bayes() -> None:
    ordered = [Felt(("a", "b"), "good"), Felt(("b", "a"), "bad")] * 6
    assert baselines(ordered, ordered)["naive_bayes"]["accuracy"] == 0.5


def test_a_feeling_that_is_never_told_counts_as_nothing() -> None:
    assert macro_f1(["a", "b", "c"], ["a", "b", "b"]) == pytest.approx((1 + 2 / 3 + 0) / 3)
