from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Look, Run, runs
from rnn_core.figures.log_axis import LogAxis

LOOK = Look()


def run(loss, before) -> Run:
    return Run(np.array(loss), np.array(before), np.array(before))


@pytest.mark.parametrize(
    ("loss", "before", "step"),
    [
        ([3.0, 2.0], [1.0, 1.0], None),
        ([3.0, 2.0], [1.0, np.inf], 2),
        ([3.0, np.nan], [1.0, 1.0], 2),
        ([np.inf, np.nan], [np.nan, np.nan], 1),
    ],
)
def test_a_run_is_lost_at_the_first_step_that_is_not_finite(loss, before, step: int | None) -> None:
    assert run(loss, before).lost_at == step


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
