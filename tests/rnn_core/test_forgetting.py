from __future__ import annotations

import pytest

import rnn_core as rc
from rnn_core import forgetting
from rnn_core.quantities import CELLS, Cell
from rnn_core.text.segment import segment


def reply(cell: Cell, *clamps: rc.Clamp) -> tuple[str, float]:
    """The reply, and how likely the one is that comes when nothing is held."""
    tokens = segment(forgetting.SENTENCE).tokens
    free = rc.run(forgetting.network(cell), tokens)
    trace = rc.run(forgetting.network(cell), tokens, clamps)
    return trace.reply.text, float(trace.distribution[-1, free.outputs.index(free.reply.text)])


def test_the_word_stands_where_it_is_said_to_stand() -> None:
    assert segment(forgetting.SENTENCE).tokens[forgetting.STEP] == forgetting.WORD


@pytest.mark.parametrize("cell", CELLS)
def test_without_what_it_carried_the_cell_gives_another_reply(cell: Cell) -> None:
    kept, likely = reply(cell)
    lost, left = reply(cell, forgetting.shut(cell))
    assert kept != lost
    assert left < 0.6 * likely


def test_the_lstm_is_nearly_sure_before_and_nearly_certain_of_the_opposite_after() -> None:
    assert reply("lstm")[1] > 0.9
    assert reply("lstm", forgetting.shut("lstm"))[1] < 0.1
