from __future__ import annotations

import pytest

from rnn_core.figures import Theme
from rnn_core.figures.gradient_marks import level_mark, loss_mark
from rnn_core.figures.log_axis import LogAxis
from rnn_core.figures.words import Words
from tests.rnn_core.figures.cases import WORDS

LOOK = Theme()


@pytest.mark.parametrize(("at", "count"), [(5, 2), (3, 2), (1, 1), (0, 1)])
def test_the_loss_has_its_line_and_its_name(at: int, count: int) -> None:
    (line,), notes = loss_mark(at, Words(WORDS, (), "en"), LOOK)
    assert (line["x0"], line["x1"]) == (at + 1, at + 1)
    assert [note["x"] for note in notes] == [at + 1] * count


@pytest.mark.parametrize(
    ("low", "name", "shown"), [(-4, "1%", ["1%"]), (-26, "1%", ["1%"]), (-120, "1%", []), (-4, "", [])]
)
def test_a_height_is_named_where_its_name_has_room(low: float, name: str, shown: list[str]) -> None:
    line, notes = level_mark(0.01, name, LogAxis(low, 0, zero=False, lost=False, rows=1), LOOK)
    assert (line["y0"], line["y1"]) == (0.01, 0.01)
    assert [(note["text"], note["y"]) for note in notes] == [(said, -2) for said in shown]
