"""Pins: rows are normalised and say so, what is taken away shares nothing, and what can't be meant is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.translation.interventions import AttentionOverride, rows_at

WEIGHTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=6).filter(lambda row: sum(row) > 1e-3)


@given(WEIGHTS)
def test_a_row_is_normalised_and_says_whether_that_changed_it(row: list[float]) -> None:
    override = AttentionOverride(row=row)
    assert math.fsum(override.row) == pytest.approx(1, abs=1e-9)
    assert override.normalised == (abs(math.fsum(row) - 1) > 1e-6)
    assert not AttentionOverride(row=override.row).normalised
    held = rows_at([override], 3, 2, len(row))
    np.testing.assert_allclose(held.row, np.array([row, row]) / math.fsum(row), rtol=1e-6, atol=1e-7)
    assert not held.without.any()


@pytest.mark.parametrize(
    "row", [[], [0.0, 0.0], [1.0, -0.5], [math.nan, 1.0], [math.inf], ["a"], "12", 3.0, [1e308] * 9]
)
def test_what_is_no_row_is_refused(row: object) -> None:
    with pytest.raises(KiokuError) as caught:
        AttentionOverride(row=row)
    assert caught.value.code == "attention_row"
    assert repr(row) in str(caught.value)


def test_pins_hold_at_their_step_and_head_only() -> None:
    overrides = [
        AttentionOverride(step=1, row=(1, 0, 1), head=0),
        AttentionOverride(step=1, without=(2,)),
        AttentionOverride(step=2, without=0),
    ]
    assert rows_at(overrides, 0, 2, 3) is None
    held = rows_at(overrides, 1, 2, 3)
    np.testing.assert_array_equal(held.row, [[1.0, 0.0, 0.0], [np.nan] * 3])
    np.testing.assert_array_equal(held.without, [[False, False, True]] * 2)
    np.testing.assert_array_equal(rows_at(overrides, 2, 2, 3).without, [[True, False, False]] * 2)


def test_of_two_rows_the_later_one_holds_and_what_is_taken_away_adds_up() -> None:
    overrides = [
        AttentionOverride(row=(1, 0, 0)),
        AttentionOverride(row=(1, 1, 2)),
        AttentionOverride(without=(0,)),
        AttentionOverride(without=(1,)),
    ]
    np.testing.assert_array_equal(rows_at(overrides, 0, 1, 3).row, [[0.0, 0.0, 1.0]])


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ([AttentionOverride(without=(0, 1, 2))], "attention_blank"),
        ([AttentionOverride(without=(0, 1)), AttentionOverride(without=2, head=1)], "attention_blank"),
        ([AttentionOverride(row=(1, 0, 0)), AttentionOverride(without=(0,))], "attention_blank"),
        ([AttentionOverride(row=(1, 0))], "attention_length"),
        ([AttentionOverride(without=(3,))], "no_such_place"),
        ([AttentionOverride(without=(-1,))], "no_such_place"),
        ([AttentionOverride(head=2, without=(0,))], "no_such_place"),
    ],
)
def test_what_leaves_nothing_or_names_nothing_is_refused(overrides: list[AttentionOverride], code: str) -> None:
    with pytest.raises(KiokuError) as caught:
        rows_at(overrides, 0, 2, 3)
    assert caught.value.code == code
    assert caught.value.text("ja") != caught.value.text("en")
