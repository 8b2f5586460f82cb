from __future__ import annotations

import pytest

from rnn_core.quantities import CELLS
from tests.pages.voting import right


@pytest.mark.parametrize("cell", CELLS)
def test_what_was_measured_is_a_small_gain(cell: str) -> None:
    assert right("forecast", cell=cell) == ("about 5%",)
