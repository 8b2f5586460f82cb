from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Theme, unit_lines
from rnn_core.quantities import QUANTITIES
from tests.rnn_core.figures.cases import LOOKS, MADE_UP, ROWS, WORDS, data, layer, sound, spoiled, traces, words

LOOK = Theme()
UNBOUNDED = next(row.key for row in QUANTITIES.of("lstm") if row.bounds is None)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("cell", "key"), ROWS)
def test_lines_are_the_trace_itself_on_an_axis_that_all_units_share(cell: str, key: str, dtype: str) -> None:
    recorded, units = layer(cell, dtype=dtype), (5, 0, 2)
    picture = sound(unit_lines(recorded, key, WORDS, units, lang="ja", theme=LOOK))
    drawn = traces(picture)
    assert [trace["name"] for trace in drawn] == ["ユニット 6", "ユニット 1", "ユニット 3"]
    for trace, unit in zip(drawn, units, strict=True):
        np.testing.assert_array_equal(trace["y"], recorded[key][:, unit])
        assert trace["y"].dtype == dtype
        assert trace["x"].tolist() == [1, 2, 3, 4, 5, 6]
    low, high = QUANTITIES[key].limits(recorded)
    start, end = picture.figure.layout.yaxis.range
    assert start < low
    assert end > high
    assert [note.text for note in picture.figure.layout.annotations] == ["<b>6</b>", "<b>1</b>", "<b>3</b>"]
    np.testing.assert_array_equal(picture.table["ユニット 1"], recorded[key][:, 0])
    assert picture.key == key


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 60), st.integers(1, 9), st.sampled_from(LOOKS), st.sampled_from(["ja", "en"]))
def test_any_number_of_lines_is_drawn_and_no_two_look_alike(steps: int, count: int, theme: Theme, lang: str) -> None:
    cell, key = ROWS[-1]
    picture = sound(unit_lines(layer(cell, steps, 9), key, words(steps), range(count), lang=lang, theme=theme))
    looks = [(t["line"]["color"], t["line"]["dash"], t["marker"]["symbol"]) for t in traces(picture)]
    assert len(set(looks)) == count


def test_another_language_changes_words_only() -> None:
    (cell, key) = ROWS[0]
    japanese, english = (unit_lines(layer(cell), key, WORDS, [1, 2], lang=lang, theme=LOOK) for lang in ("ja", "en"))
    assert [data(trace) for trace in traces(japanese)] == [data(trace) for trace in traces(english)]
    assert japanese.finding != english.finding


def test_the_finding_names_the_largest_move() -> None:
    values = np.zeros((6, 8), np.float32)
    values[3:, 2], values[4:, 5] = 0.25, -0.75
    recorded = layer(**{UNBOUNDED: values})
    said = unit_lines(recorded, UNBOUNDED, WORDS, [2, 5], lang="en", theme=LOOK).finding
    assert said == "From word 2 on, the largest change is unit 6 at “良い”: by −0.75 to −0.75."
    said = unit_lines(recorded, UNBOUNDED, WORDS, [2], lang="ja", theme=LOOK).finding
    assert said == "2 語目からの変化が最大なのは「が」のユニット 3 で、+0.25 だけ変わり 0.25 になる。"


def test_one_step_has_no_move() -> None:
    values = np.array([[0.5, -0.75]], np.float32)
    picture = sound(
        unit_lines(layer(steps=1, units=2, **{UNBOUNDED: values}), UNBOUNDED, ["a"], [0, 1], lang="en", theme=LOOK)
    )
    assert picture.finding == "Largest absolute value: unit 2 at “a”, −0.75."


def test_a_gap_has_its_sign_and_a_value_off_the_scale_widens_the_axis() -> None:
    picture = sound(unit_lines(spoiled(UNBOUNDED), UNBOUNDED, WORDS, range(4), lang="en", theme=LOOK))
    signs = [trace for trace in traces(picture) if trace["mode"] == "markers"]
    assert [(trace["name"], trace["x"].tolist()) for trace in signs] == [
        ("nan", [2]),
        ("plus_infinity", [3]),
        ("minus_infinity", [4]),
    ]
    low, high = picture.figure.layout.yaxis.range
    assert low < -7
    assert all(7 < trace["y"][0] < high for trace in signs)
    assert [mark.glyph for mark in picture.legend.marks] == ["×", "▲", "▼"]
    assert "1 NaN" in picture.finding
    lost = layer(units=1, **{UNBOUNDED: np.full((6, 1), np.nan)})
    assert "No value" in sound(unit_lines(lost, UNBOUNDED, WORDS, [0], lang="en", theme=LOOK)).finding


def test_a_new_row_of_the_table_arrives(made_up) -> None:
    picture = sound(unit_lines(layer("gru"), MADE_UP, WORDS, [0], lang="ja", theme=LOOK))
    assert picture.title == picture.figure.layout.yaxis.title.text == "made up (ja)"
    assert picture.figure.layout.yaxis.range[1] > made_up.bounds[1]


@pytest.mark.parametrize("units", [(), (8,), (-1,)])
def test_units_that_are_not_there_are_refused(units: tuple[int, ...]) -> None:
    with pytest.raises(KiokuError, match="numbered from 0 to 7"):
        unit_lines(layer(), UNBOUNDED, WORDS, units, lang="ja", theme=LOOK)
