import numpy as np
import pytest
import torch

from bench.gradients import by_index, by_rows, differentiated, section
from bench.recording import KINDS
from rnn_core.gradients.influence import influence


@pytest.mark.parametrize("states", [by_rows, by_index])
@pytest.mark.parametrize("cell", KINDS)
def test_both_loops_give_the_map_that_is_measured(cell: str, states) -> None:
    torch.manual_seed(0)
    module, inputs = KINDS[cell](3, 4).double(), torch.randn(6, 3, dtype=torch.float64)
    want = differentiated(lambda x: states(cell, module, x), inputs)
    np.testing.assert_allclose(influence(module, inputs), want, rtol=1e-11)


def test_the_section_has_a_row_a_cell(monkeypatch) -> None:
    monkeypatch.setattr("bench.gradients.STEPS", 3)
    monkeypatch.setattr("bench.gradients.HIDDEN", 4)
    for size in ("LONG", "WIDE", "WIDE_INPUT"):
        monkeypatch.setattr(f"bench.gradients.{size}", 4)
    text = section(1)
    assert [text.count(f"| {cell.upper()} |") for cell in KINDS] == [4, 4, 4]
