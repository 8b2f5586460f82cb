from __future__ import annotations

import numpy as np
import pytest

from rnn_core import KiokuError
from rnn_core.figures import columns
from rnn_core.figures.words import Words
from tests.rnn_core.figures.cases import WORDS

SENTENCE = Words(WORDS, (), "en")


def test_a_batch_and_a_wrong_sentence_are_refused() -> None:
    with pytest.raises(KiokuError, match=r"\(6, 2, 3\)"):
        columns.matrix({"x": np.zeros((6, 2, 3))}, "x", SENTENCE)
    with pytest.raises(KiokuError, match=r"words \(6\) differs from the number of steps of \w+ \(5\)"):
        columns.matrix({"x": np.zeros((5, 3))}, "x", SENTENCE)
    values = np.zeros((6, 3))
    assert columns.matrix({"x": values}, "x", SENTENCE) is values


@pytest.mark.parametrize("units", [[-1], [3], [0, 7]])
def test_a_unit_that_is_not_there_is_refused(units: list[int]) -> None:
    with pytest.raises(KiokuError, match="from 0 to 2"):
        columns.checked_units(units, 3)


@pytest.mark.parametrize("order", [[0, 1], [0, 1, 1], [1, 2, 3], []])
def test_an_order_has_each_unit_once(order: list[int]) -> None:
    with pytest.raises(KiokuError, match="each unit from 0 to 3 − 1 once"):
        columns.permutation(order, 3)
    assert columns.permutation(None, 3) == (0, 1, 2)
    assert columns.permutation([2, 0, 1], 3) == (2, 0, 1)


def test_the_table_begins_with_step_and_word_and_cannot_be_changed() -> None:
    table = columns.table(SENTENCE, {"x": np.zeros(6)})
    assert list(table) == ["step", "word", "x"]
    assert table["step"] == (1, 2, 3, 4, 5, 6)
    assert table["word"] == WORDS
    with pytest.raises(TypeError):
        table["y"] = ()


def test_units_are_counted_from_one_for_readers() -> None:
    assert (columns.unit_name(0, "ja"), columns.unit_name(4, "en")) == ("ユニット 1", "unit 5")


def test_readers_of_english_have_the_meanings_beside_the_words() -> None:
    found = [tuple(columns.table(Words(("今日",), ("today",), lang), {"h": np.ones(1)})) for lang in ("ja", "en")]
    assert found == [("時刻", "単語", "h"), ("step", "word", "meaning", "h")]
