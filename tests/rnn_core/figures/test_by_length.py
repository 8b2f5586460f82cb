from __future__ import annotations

from itertools import pairwise
from math import log10

import numpy as np
import pytest

from rnn_core.figures import Picture, Theme, by_length
from rnn_core.figures.by_length import Line
from rnn_core.figures.theme import DASHES
from rnn_core.messages import LANGUAGES
from rnn_core.parallelism import COST_MODELS, LENGTHS
from tests.rnn_core.figures.cases import LOOKS, sound, traces

LINES = [Line(cell, by_length.name(cell), {6: 10.0 + at, 16: 40.0, 512: 900.0}) for at, cell in enumerate(COST_MODELS)]
THIN = Line("transformer", "anew", {6: 12.0, 16: 90.0}, thin=True)


def draw(shown=(*LINES, THIN), lang: str = "en", theme: Theme | None = None, ends=(1.0, 2.0)):
    figure = by_length.draw(shown, "what", ends, lambda value: f"{value:g}!", lang, theme or Theme())
    return sound(Picture("x", figure, "t", "f", "m", None, by_length.table(shown, lang)))


def test_a_line_is_its_values_on_logarithmic_axes() -> None:
    picture = draw()
    layout = picture.figure.to_plotly_json()["layout"]
    assert (layout["xaxis"]["type"], layout["yaxis"]["type"]) == ("log", "log")
    for trace, line in zip(traces(picture), (*LINES, THIN), strict=True):
        np.testing.assert_array_equal(trace["x"], list(line.values))
        np.testing.assert_array_equal(trace["y"], list(line.values.values()))
        assert list(trace["customdata"]) == [f"{value:g}!" for value in line.values.values()]
        assert trace["meta"] == line.cell


def test_the_axis_holds_every_value_and_at_least_its_ends() -> None:
    low, high = draw().figure.to_plotly_json()["layout"]["yaxis"]["range"]
    assert low < log10(10) < log10(900) < high
    empty = draw([Line("gru", "GRU", {})]).figure.to_plotly_json()["layout"]["yaxis"]
    assert (empty["range"], list(empty["ticktext"])) == ([0.95, 2.05], ["10!", "100!"])


def test_lines_differ_without_their_colours_and_each_is_named_at_its_end() -> None:
    picture = draw()
    looks = {(trace["line"]["dash"], trace["marker"]["symbol"]) for trace in traces(picture)}
    assert len(looks) == len(LINES) + 1
    assert {dash for dash, _ in looks} <= set(DASHES)
    notes = picture.figure.to_plotly_json()["layout"]["annotations"]
    assert [note["text"] for note in notes] == ["<b>RNN</b>", "<b>LSTM</b>", "<b>GRU</b>", "<b>Transformer</b>", "anew"]
    assert notes[-1]["x"] == log10(16)
    heights = sorted(note["y"] for note in notes[:4])
    assert min(b - a for a, b in pairwise(heights)) > 0


def test_the_table_has_a_row_a_length_and_says_where_nothing_was_measured() -> None:
    table = by_length.table([LINES[0], THIN], "en")
    assert table == {"words T": (6, 16, 512), "RNN": (10.0, 40.0, 900.0), "anew": (12.0, 90.0, "–")}


def test_lengths_next_to_each_other_are_a_range() -> None:
    assert by_length.span((6,), "en") == "6"
    assert by_length.span(LENGTHS, "en") == "6–512"
    assert by_length.span((6, 32, 64, 512), "en") == "6, 32–64, 512"


@pytest.mark.parametrize("theme", LOOKS, ids=str)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_can_be_drawn(theme: Theme, lang: str) -> None:
    assert len(traces(draw(theme=theme, lang=lang))) == 5
