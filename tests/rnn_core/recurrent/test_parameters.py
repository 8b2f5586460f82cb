"""The count is the one of torch's own modules, and 1 : 3 : 4 for every size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.quantities import CELLS
from rnn_core.recurrent.parameters import ParameterCount
from tests.rnn_core import cases


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("inputs", "hidden"), [(1, 1), (24, 16), (7, 64)])
def test_it_is_what_torch_allocates(cell, inputs, hidden) -> None:
    module = cases.KINDS[cell](inputs, hidden)
    assert ParameterCount(cell, inputs, hidden).total == sum(p.numel() for p in module.parameters())


@given(st.integers(1, 500), st.integers(1, 500))
def test_the_cells_stand_one_to_three_to_four(inputs, hidden) -> None:
    rnn, lstm, gru = (ParameterCount(cell, inputs, hidden).total for cell in CELLS)
    assert (gru, lstm) == (3 * rnn, 4 * rnn)


def test_the_formula_shows_the_sum() -> None:
    assert ParameterCount("gru", 24, 16).formula == "3 · 16 · (24 + 16 + 2) = 2,016"
