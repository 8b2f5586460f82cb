from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._ui.tables import comma_separated, glossed, in_table, table

COLUMNS = {"word": ("<b>x</b>", "=1+1"), "unit 1": np.array([-0.1, 1 / 3], np.float32)}


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@given(st.lists(st.floats(width=32), min_size=1))
def test_the_file_gives_every_number_back_bit_for_bit(numbers: list[float]) -> None:
    column = np.array(numbers, np.float32)
    back = np.array([row[0] for row in rows(comma_separated({"h": column}))[1:]], np.float32)
    np.testing.assert_array_equal(back, column)


def test_the_file_opens_in_a_spreadsheet_without_being_run() -> None:
    data = comma_separated(COLUMNS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert [row[0] for row in rows(data)] == ["word", "<b>x</b>", "'=1+1"]
    assert rows(comma_separated({"w": ("-", "+")}))[1:] == [["-"], ["+"]]


def test_the_table_shows_all_digits_and_nothing_in_it_is_markup() -> None:
    shown = table(COLUMNS)
    assert "<td>&lt;b&gt;x&lt;/b&gt;</td><td>−0.1</td>" in shown
    assert "<td>0.33333334</td>" in shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.float32(-0.1), "−0.1"),
        (3, "3"),
        ("-a", "-a"),
        (True, "True"),
        (np.float64(2.247531909089607), "2.24753191"),
        (-1 / 3e85, "−3.33333333e−86"),
        (float("nan"), "nan"),
    ],
)
def test_numbers_have_a_real_minus_and_words_stay(value: object, shown: str) -> None:
    assert in_table(value) == shown


def test_words_stand_beside_their_meaning_for_those_who_do_not_read_them() -> None:
    columns = {"step": (1, 2), "word": ("天気", "量子"), "unit 1": np.array([0.5, 1.5])}
    assert list(glossed(columns, "ja")) == list(columns)
    found = glossed(columns, "en")
    assert list(found) == ["step", "word", "word: meaning", "unit 1"]
    assert found["word: meaning"] == ("weather", "")
