from __future__ import annotations

import pytest

from pages._chapters.text_generation import computed
from pages._chapters.text_generation.quality import lines
from rnn_core.specs import ModelSpec


@pytest.mark.parametrize("task", ["given_names", computed.SENTENCES])
def test_the_three_cells_stand_beside_counting(warm: None, task: str) -> None:
    spec = ModelSpec(task=task, cell="gru", hidden=16)
    found = list(lines("en", spec))
    assert [line.cell for line in found] == ["rnn", "lstm", "gru", None]
    assert [line.shown for line in found] == [False, False, True, False]
    assert found[2].value == computed.perplexity(spec)[0]
