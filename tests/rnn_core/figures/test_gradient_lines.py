from __future__ import annotations

import numpy as np
import pytest

from rnn_core import KiokuError
from rnn_core.figures import Theme, gradient_lines
from rnn_core.figures.gradient_lines import TARGETS, Line
from rnn_core.figures.margins import text_width
from rnn_core.figures.words import Words
from rnn_core.quantities import CELLS
from tests.rnn_core.figures.cases import WORDS, unpacked, words

LOOK = Theme()
SENTENCE = Words(WORDS, (), "ja")
FALL = 10.0 ** np.arange(-5, 1)


def drawn(shown, at: int = 5, sentence: Words = SENTENCE, **options) -> dict:
    return gradient_lines.draw(shown, sentence, at, "y", LOOK, **options).to_plotly_json()


def names(figure: dict) -> dict[str, dict]:
    return {note["text"]: note for note in figure["layout"]["annotations"]}


def test_cells_differ_without_colour_too() -> None:
    styles = [Line(cell, cell, FALL).style(LOOK) for cell in CELLS]
    assert len({style["line"]["dash"] for style in styles}) == len(CELLS)
    assert len({style["marker"]["symbol"] for style in styles}) == len(CELLS)
    assert [style["line"]["color"] for style in styles] == [LOOK.mark(cell) for cell in CELLS]
    thin = Line("c", "lstm", FALL, thin=True).style(LOOK)
    assert thin["line"]["width"] < styles[0]["line"]["width"]
    assert thin["marker"]["symbol"] == "circle-open"


def test_the_first_line_is_drawn_last() -> None:
    figure = drawn([Line("RNN", "rnn", FALL), Line("GRU", "gru", FALL)])
    assert [trace["name"] for trace in figure["data"]][:2] == ["GRU", "RNN"]


def test_names_stand_where_lines_begin_and_never_touch() -> None:
    late = np.where(np.arange(6) < 2, 0, FALL)
    figure = drawn([Line(cell.upper(), cell, FALL) for cell in CELLS] + [Line("late", "rnn", late)])
    at = names(figure)
    assert [at[f"<b>{name}</b>"]["x"] for name in ("RNN", "LSTM", "GRU", "late")] == [1, 1, 1, 3]
    heights = sorted(at[f"<b>{name}</b>"]["y"] for name in ("RNN", "LSTM", "GRU"))
    assert np.diff(heights).min() > 0.2
    widest = max(text_width(f"<b>{name}</b>") for name in ("RNN", "LSTM", "GRU", "late"))
    assert widest < figure["layout"]["margin"]["l"] < widest + 60  # room for the names, and no quarter of the chart
    assert figure["layout"]["yaxis"]["side"] == "right"


def test_without_names_nothing_is_kept_free_for_them() -> None:
    figure = drawn([Line("RNN", "rnn", FALL)], named=False, level=(0.01, "1%"))
    assert "<b>RNN</b>" not in names(figure)
    assert figure["layout"]["margin"]["l"] < 30
    assert names(figure)["1%"]["y"] == -2
    assert figure["data"][0]["line"]["dash"] == "solid"  # no other cell that it would have to differ from
    long = drawn([Line("RNN", "rnn", FALL)], decades=(-120, 0), level=(0.01, "1%"))
    assert "1%" not in names(long)  # there it would lie on the label of 1
    assert any(shape.get("y0") == 0.01 for shape in long["layout"]["shapes"])


def test_what_was_not_computed_is_bridged_and_no_sign() -> None:
    values = np.array([0.1, np.nan, 0.3, np.nan, 0.0, 1.0])
    line, *signs = drawn([Line("RNN", "rnn", values, sparse=True)])["data"][:-1]
    assert line["connectgaps"]
    assert [sign["meta"] for sign in signs] == ["zero"]
    kinds = [trace.get("meta") for trace in drawn([Line("RNN", "rnn", values)])["data"]]
    assert {"zero", "nan"} <= set(kinds)


def test_a_line_of_which_nothing_can_be_drawn_has_no_name_but_its_signs() -> None:
    figure = drawn([Line("RNN", "rnn", np.zeros(6))])
    assert "<b>RNN</b>" not in names(figure)
    assert [trace.get("meta") for trace in figure["data"]][:2] == [None, "zero"]


@pytest.mark.parametrize("values", [FALL, np.zeros(6)])
def test_every_word_has_a_point_to_click_that_nobody_sees(values: np.ndarray) -> None:
    points = drawn([Line("RNN", "rnn", values)])["data"][-1]
    assert (points["name"], unpacked(points["x"]).tolist()) == (TARGETS, [1, 2, 3, 4, 5, 6])
    assert np.isfinite(unpacked(points["y"])).all()
    assert points["marker"]["opacity"] == points["selected"]["marker"]["opacity"] == 0
    assert points["hoverinfo"] == "none"  # "skip" could not be clicked either


@pytest.mark.parametrize(("at", "way"), [(5, True), (3, True), (1, False), (0, False)])
def test_the_loss_has_its_line_and_its_name(at: int, way: bool) -> None:
    figure = drawn([Line("RNN", "rnn", FALL)], at)
    assert names(figure)["損失 L"]["x"] == at + 1
    line = figure["layout"]["shapes"][-1]
    assert (line["x0"], line["x1"], line["y0"], line["y1"]) == (at + 1, at + 1, 0, 1)
    assert ("← 時間の逆向き" in names(figure)) == way


@pytest.mark.parametrize("steps", [1, 6, 60, 200])
def test_any_length_has_the_names_inside(steps: int) -> None:
    values = np.linspace(0.5, 1, steps)
    figure = drawn([Line("RNN", "rnn", values)], steps - 1, Words(words(steps), (), "en"))
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 1 <= steps < high


def test_sizes_are_one_a_word() -> None:
    assert gradient_lines.sizes(FALL.astype(np.float32), SENTENCE, "RNN").dtype == np.float64
    with pytest.raises(KiokuError, match=r"words \(6\) differs from the number of steps of RNN \(5\)"):
        gradient_lines.sizes(FALL[1:], SENTENCE, "RNN")


@pytest.mark.parametrize("steps", [1, 6, 60, 200])
def test_no_other_word_is_within_reach_of_the_pointer(steps: int) -> None:
    for theme, width in ((Theme(), 1000), (Theme(narrow=True), 290)):
        reach = gradient_lines._nearest(steps, theme)
        assert reach >= 1
        assert reach == 1 or reach <= width / steps / 2
