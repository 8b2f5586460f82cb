from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, measured_lines
from rnn_core.figures.measured_lines import Line
from tests.rnn_core.figures.cases import unpacked

THEME = Theme()
LINES = (
    Line("one", "#000000", "#000000", {4: 1.0, 8: None, 16: 0.5}),
    Line("two", "#000000", "#000000", {4: 0.2, 8: 0.3, 16: 0.4}, "dash", "square"),
)


@pytest.mark.parametrize("logarithmic", [True, False])
def test_a_point_without_a_value_is_left_out(logarithmic: bool) -> None:
    drawn = measured_lines.draw(LINES, "x", "y", (0.0, 1.0), THEME, logarithmic=logarithmic).to_plotly_json()
    one, two = map(unpacked, drawn["data"])
    np.testing.assert_array_equal(one["x"], [4, 16])
    np.testing.assert_array_equal(one["y"], [1.0, 0.5])
    np.testing.assert_array_equal(two["y"], [0.2, 0.3, 0.4])
    assert drawn["layout"]["xaxis"]["tickvals"] == [4, 8, 16]


def test_the_table_says_where_there_is_none() -> None:
    assert measured_lines.table(LINES, "pairs") == {
        "pairs": (4, 8, 16),
        "one": (1.0, "–", 0.5),
        "two": (0.2, 0.3, 0.4),
    }
