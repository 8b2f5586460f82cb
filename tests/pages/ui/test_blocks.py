from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages._ui.address import CONTROLS
from pages._ui.blocks import comma_separated, glossed, in_table, legend, power, table
from pages._ui.shell import CHAPTERS, View
from rnn_core.figures import Legend, Mark, Theme

if TYPE_CHECKING:
    from tests.pages.conftest import Open

COLUMNS = {"word": ("<b>x</b>", "=1+1"), "unit 1": np.array([-0.1, 1 / 3], np.float32)}


def view(lang: str = "en", mode: str = "light") -> View:
    return View(CHAPTERS[0], lang, Theme(mode), {key: row.default for key, row in CONTROLS.items()}, ())  # type: ignore[arg-type]


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


@pytest.mark.parametrize(
    ("size", "shown"), [(0.0, "0"), (5.96e-8, "6.0 × 10⁻⁸"), (1.0, "1.0 × 10⁰"), (9.99e-8, "1.0 × 10⁻⁷")]
)
def test_small_numbers_are_powers_of_ten(size: float, shown: str) -> None:
    assert power(size) == shown


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_legend_has_its_ramp_its_ends_and_only_its_marks(mode: str) -> None:
    meant = Legend("<i>h</i><sub>t</sub>", "signed", "≤ −1", "1", (Mark("△", "a < b", "#123456"),))
    shown = legend(view(mode=mode), meant)
    assert ", ".join(Theme(mode).ramp("signed")) in shown  # type: ignore[arg-type]
    assert "≤ −1" in shown
    assert '<span style="color: #123456">△</span> a &lt; b' in shown
    assert "ramp" not in legend(view(), Legend("", None, marks=(Mark("○", "zero"),)))


def broken_page() -> None:
    import streamlit as st

    from pages._ui import blocks
    from pages._ui.shell import CHAPTERS, View
    from rnn_core import KiokuError
    from rnn_core.figures import Theme

    with blocks.errors_shown(View(CHAPTERS[0], "ja", Theme(), {}, ())):
        st.write("before")
        raise KiokuError("unknown_cell", given="<b>*x*</b>", known="rnn")


def test_an_error_of_the_library_stands_in_the_place_of_what_it_prevented() -> None:
    at = AppTest.from_function(broken_page).run()
    assert not at.exception
    assert [text.value for text in at.markdown] == ["before"]
    assert len(at.error) == 1
    assert "\\<b\\>\\*x\\*\\</b\\>" in at.error[0].value


PAIRS = (
    ("cell", 'class="lead"', 'class="part"'),
    ("cell", 'class="part"', 'class="section"'),
    ("cell", 'class="method beside"', 'class="principle"'),
)


@pytest.mark.parametrize(("page", "first", "second"), PAIRS)
def test_words_that_stand_together_are_one_element(open_page: Open, page: str, first: str, second: str) -> None:
    at = open_page(page=page, **({"guess": "skip"} if page == "cell" else {}))
    together = [one for one in at.get("html") if first in one.proto.body and second in one.proto.body]
    assert together
    assert all(one.proto.body.index(first) < one.proto.body.index(second) for one in together)


def test_words_stand_beside_their_meaning_for_those_who_do_not_read_them() -> None:
    columns = {"step": (1, 2), "word": ("天気", "量子"), "unit 1": np.array([0.5, 1.5])}
    assert list(glossed(columns, "ja")) == list(columns)
    found = glossed(columns, "en")
    assert list(found) == ["step", "word", "word: meaning", "unit 1"]
    assert found["word: meaning"] == ("weather", "")
