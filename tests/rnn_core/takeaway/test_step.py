"""The equations of the table, written as Python."""

from __future__ import annotations

import pytest

from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.takeaway.step import in_python, write_step


@pytest.mark.parametrize("cell", CELLS)
def test_each_quantity_is_computed_once_and_from_those_before_it(cell: str) -> None:
    source = write_step(cell)
    compile(source, cell, "exec")
    lines = [line.strip() for line in source.splitlines()[1:-1]]
    keys = [row.key for row in QUANTITIES.of(cell)]
    assert [line.split(" = ")[0] for line in lines if not line.startswith("#")] == keys
    assert lines[::2] == [f"# {row.forms[cell].symbol} = {row.forms[cell].equation}" for row in QUANTITIES.of(cell)]


def test_a_quantity_stands_for_its_own_right_hand_side() -> None:
    assert "cell_state=kept + written)" in write_step("lstm")
    assert "hidden_state=kept + written)" in write_step("gru")
    assert "reset_gate * (W_hn @ h + b_hn)" in write_step("gru")


def test_a_product_of_sums_keeps_its_brackets() -> None:
    assert in_python("(1 − z_t) ⊙ (W_{hn} h_{t-1})", {"z_t": "z", "h_{t-1}": "h"}) == "(1 - z) * (W_hn @ h)"
