from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.segmentation.prefixes import Revealed


def revealed(rows: list[str]) -> Revealed:
    """Rows such as "1-", a word ends (1) or not (0), - where there is nothing to decide."""
    return Revealed("あ" * len(rows), np.array([[sign == "1" for sign in row] for row in rows], dtype=bool))


def test_a_decision_is_settled_once_it_is_right_and_stays_so() -> None:
    found = revealed(["---", "1--", "00-", "001"])
    assert found.settled == (3, 3, 4)
    assert found.waits == (1, 0, 0)
    assert found.wrong.tolist() == [[False] * 3, [True, False, False], [False] * 3, [False] * 3]
    assert revealed(["--", "1-", "10"]).waits == (0, 0)
    assert revealed([""]).settled == ()


@given(st.data())
def test_waits_are_what_they_say(data: st.DataObject) -> None:
    steps = data.draw(st.integers(1, 7))
    chance = np.random.default_rng(data.draw(st.integers(0, 2**16)))
    ends = np.tri(steps, max(steps - 1, 0), -1, dtype=bool) & (chance.random((steps, max(steps - 1, 0))) < 0.5)
    found = Revealed("あ" * steps, ends)
    for k, (settled, wait) in enumerate(zip(found.settled, found.waits, strict=True), 1):
        assert settled == k + 1 + wait <= steps
        assert all(found.ends[n - 1, k - 1] == found.ends[-1, k - 1] for n in range(settled, steps + 1))
        assert settled == k + 1 or found.ends[settled - 2, k - 1] != found.ends[-1, k - 1]


def test_another_number_of_decisions_than_places_is_refused() -> None:
    with pytest.raises(rc.KiokuError) as error:
        Revealed("あい", np.zeros((2, 2), dtype=bool))
    assert error.value.code == "revealed_shape"
