from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Theme, attention_map, with_cursor
from rnn_core.figures.attention_map import KEY
from tests.rnn_core.figures.attention_cases import LOOK, read, weights, written
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces


def test_the_key_is_the_quantity_that_lies_between_two_sentences() -> None:
    assert KEY == "attention"
    assert attention_map(weights(), read(), written(), theme=LOOK, suffix="_before").key == "attention_before"


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.sampled_from(LOOKS), st.sampled_from(["ja", "en"]))
def test_the_map_is_the_weights_themselves_on_the_whole_scale(steps: int, source: int, theme: Theme, lang: str) -> None:
    given_weights = weights(steps, source)
    picture = sound(attention_map(given_weights, read(lang, source), written(lang, steps), theme=theme))
    cells = traces(picture)[0]
    np.testing.assert_array_equal(cells["z"], given_weights)
    assert (cells["zmin"], cells["zmax"], cells["colorscale"]) == (0, 1, theme.colorscale("share"))
    np.testing.assert_array_equal(np.stack(list(picture.table.values())[2:], axis=1), given_weights)
    assert list(picture.figure.layout.yaxis.range) == [steps + 0.5, 0.5]
    assert list(picture.figure.layout.xaxis.range) == [0.5, source + 0.5]


def test_words_that_come_twice_are_two_columns_and_two_rows() -> None:
    picture = attention_map(weights(18, 12), read("ja", 12), written("ja", 18), theme=LOOK)
    assert len(picture.figure.layout.xaxis.ticktext) == 12
    assert len(picture.figure.layout.yaxis.ticktext) == 18
    assert len(set(picture.table)) == 2 + 12


def test_a_number_stands_where_the_share_is_large_and_reads_on_its_colour() -> None:
    given_weights = weights()
    _, numbers = traces(attention_map(given_weights, read(), written(), theme=LOOK))
    steps, columns = np.nonzero(given_weights >= 0.05)
    np.testing.assert_array_equal(numbers["y"], steps + 1)
    np.testing.assert_array_equal(numbers["x"], columns + 1)
    assert list(numbers["text"]) == [f"{100 * share:.0f}" for share in given_weights[steps, columns]]
    assert set(numbers["textfont"]["color"]) == {"#000000", "#FFFFFF"}
    assert len(traces(attention_map(weights(9, 60), read("ja", 60), written(), theme=LOOK))) == 1


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_finding_speaks_of_the_row_and_names_those_that_settle_nowhere(lang: str) -> None:
    loose = np.array([[0.5, 0.5], [0.2, 0.8], [1, 0]], np.float32)
    picture = attention_map(loose, read(lang, 2), written(lang, 3), theme=LOOK, row=1)
    assert "80" in picture.finding
    assert "weather" in picture.finding
    assert "the" in picture.finding
    assert [mark.glyph for mark in picture.legend.marks] == ["%", "◇"]
    assert [label.startswith("◇") for label in picture.figure.layout.yaxis.ticktext] == [True, False, False]
    firm = attention_map(np.eye(3, dtype=np.float32), read(lang, 3), written(lang, 3), theme=LOOK)
    assert [mark.glyph for mark in firm.legend.marks] == ["%"]


def test_many_that_settle_nowhere_are_counted() -> None:
    even = np.full((9, 6), 1 / 6, np.float32)
    even[0] = np.eye(6)[2]
    finding = attention_map(even, read("en"), written("en"), theme=LOOK).finding
    assert "4 more" in finding


def test_how_many_pairs_are_turned_is_said() -> None:
    mirrored = np.eye(4, dtype=np.float32)[::-1]
    assert "6" in attention_map(mirrored, read("en", 4), written("en", 4), theme=LOOK).finding


def test_what_was_left_out_has_a_sign() -> None:
    masked = np.zeros((9, 6), bool)
    masked[:, 2] = True
    picture = sound(attention_map(weights(), read(), written(), theme=LOOK, masked=masked))
    signs = traces(picture)[-1]
    np.testing.assert_array_equal(signs["x"], np.full(9, 3))
    assert picture.legend.marks[-1].glyph == "×"


def test_the_cursor_outlines_a_whole_row() -> None:
    picture = with_cursor(attention_map(weights(), read(), written(), theme=LOOK), 3, "row", LOOK)
    (shape,) = picture.figure.layout.shapes
    assert (shape.y0, shape.y1, shape.x0, shape.x1) == (3.5, 4.5, 0, 1)


def test_the_head_is_in_the_title() -> None:
    assert "(head 2)" in attention_map(weights(), read("en"), written("en"), theme=LOOK, head="head 2").title


def test_the_language_changes_words_only() -> None:
    ja, en = (attention_map(weights(), read(lang), written(lang), theme=LOOK) for lang in ("ja", "en"))
    assert [data(trace) for trace in traces(ja)] == [data(trace) for trace in traces(en)]
    assert ja.finding != en.finding


def test_another_shape_is_refused() -> None:
    with pytest.raises(KiokuError) as error:
        attention_map(weights(3, 4), read(), written(), theme=LOOK)
    assert "(3, 4)" in error.value.text("en")
