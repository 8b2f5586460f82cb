from __future__ import annotations

import numpy as np

from rnn_core.figures import Theme, runs
from rnn_core.figures.log_axis import LogAxis

LOOK = Theme()


def test_a_column_that_ends_earlier_is_filled_with_nothing() -> None:
    long, short = np.array([1.0, 2.0, 3.0]), np.array([4.0])
    table = runs.table({"long": long, "short": short}, "en")
    assert table["training step"] == (1, 2, 3)
    assert table["long"] is long
    assert table["short"] == (4.0, None, None)


def test_the_quiet_line_has_gaps_where_there_is_no_logarithm() -> None:
    values = np.array([1.0, 0.0, np.inf, 2.0])
    line = runs.free_line(values, "free", LOOK)
    np.testing.assert_array_equal(line["y"], [1.0, np.nan, np.nan, 2.0])
    np.testing.assert_array_equal(line["customdata"], values)


def test_all_steps_are_inside_the_axis() -> None:
    axis = LogAxis.of([np.ones(3)])
    figure = runs.draw(axis, axis.layout(LOOK, 200, "y"), [], [], 300, "en", LOOK, 200, 16)
    low, high = figure.layout.xaxis.range
    assert low < 1
    assert high > 300
    assert figure.layout.xaxis.title.text == "training step"
