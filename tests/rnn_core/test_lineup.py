from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import ModelSpec, lineup
from rnn_core.parameters import ParameterCount
from rnn_core.quantities import CELLS

SHIPPED = (8, 16, 32, 64)


def test_equal_units_are_equal() -> None:
    assert lineup.sizes(32, "units", 24, SHIPPED) == {"rnn": 32, "lstm": 32, "gru": 32}


@given(st.sampled_from(SHIPPED), st.integers(1, 64))
def test_no_shipped_size_is_nearer_to_the_gru_s_count(hidden: int, inputs: int) -> None:
    found = lineup.sizes(hidden, "parameters", inputs, SHIPPED)
    wanted = ParameterCount("gru", inputs, hidden).total
    assert found["gru"] == hidden
    for cell in CELLS:
        off = {size: abs(ParameterCount(cell, inputs, size).total - wanted) for size in SHIPPED}
        assert off[found[cell]] == min(off.values())


def test_the_networks_are_at_these_sizes() -> None:
    specs = lineup.lineup(16, "parameters", 24, SHIPPED, weights="fresh", seed=3)
    assert specs[0] == ModelSpec(cell="rnn", hidden=32, weights="fresh", seed=3)
    assert [spec.cell for spec in specs] == list(CELLS)


@given(st.integers(1, 40))
def test_a_distance_does_not_grow_with_the_number_of_units(units: int) -> None:
    one, other = np.zeros((3, units), np.float32), np.full((3, units), 0.25, np.float32)
    assert lineup.apart(one, other) == pytest.approx([0.25] * 3)


def test_how_long_a_difference_lives() -> None:
    assert lineup.lives(np.array([1.0, 0.5, 0.1, 0.01])) == pytest.approx(2.0, abs=1e-9)
    assert lineup.lives(np.array([1.0, 0.01]), 0.1) == pytest.approx(0.5)
    assert lineup.lives(np.array([1.0, 2.0])) is None
    assert lineup.lives(np.zeros(3)) is None


def test_how_far_a_state_moves() -> None:
    assert lineup.restless(np.array([[0.0, 0.0], [0.5, 0.5], [0.5, 0.5]])) == 0.25
    assert lineup.restless(np.ones((1, 4))) == 0
