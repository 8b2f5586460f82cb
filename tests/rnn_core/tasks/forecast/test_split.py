"""Nothing of the future reaches the past; and where something does, it is found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_core.tasks.forecast import worth
from rnn_core.tasks.forecast.series import Series
from rnn_core.tasks.forecast.split import AHEAD, Prepared, Split, find_leaks, origins, prepare, starts
from tests.rnn_core.tasks.forecast.cases import days, wave


@pytest.mark.parametrize("task", ["forecast", "prices"])
def test_no_future_reaches_what_is_read_or_learned(task: worth.TaskName) -> None:
    for case in worth.cases(task):
        assert find_leaks(case.series, case.split) == ()


def peeking(series: Series, split: Split) -> Prepared:
    """Tomorrow's value comes in too."""
    honest = prepare(series, split)
    return replace(honest, inputs=np.column_stack([honest.inputs, np.roll(series.values, -1)]))


def scaled_by_all(series: Series, split: Split) -> Prepared:
    """The scale knows the test part."""
    return prepare(series, Split(len(series), len(series)))


def smoothed(series: Series, split: Split) -> Prepared:
    """A mean around each step."""
    honest = prepare(series, split)
    around = np.convolve(series.values, np.ones(3) / 3, mode="same")
    return replace(honest, inputs=np.column_stack([honest.inputs, around]))


@pytest.mark.parametrize("planted", [peeking, scaled_by_all, smoothed])
def test_a_planted_future_is_found(planted: object) -> None:
    series = wave(300)
    split = Split.shares(len(series))
    assert find_leaks(series, split) == ()
    assert find_leaks(series, split, planted) != ()  # type: ignore[arg-type]  # one of the three above


def test_what_is_learned_ends_before_the_next_part_begins() -> None:
    split = Split(checked=100, tested=150)
    found = starts(split, 20, 3)
    assert found[0] == 0
    assert found.max() + 20 - 1 + AHEAD < split.checked
    assert len(starts(Split(checked=20, tested=40), 20, 3)) == 0


def test_every_value_of_the_test_part_is_forecast_once_for_each_distance_where_it_is_known() -> None:
    series, split = wave(60), Split.shares(60)
    for ahead in range(1, AHEAD + 1):
        np.testing.assert_array_equal(origins(split, series, ahead) + ahead, np.arange(split.tested, 60))
    known = series.known.copy()
    known[55] = False
    assert 54 not in origins(split, replace(series, known=known), 1)


def test_changes_are_counted_from_now_and_missing_ones_are_nan() -> None:
    series = days(np.arange(40.0) ** 2)
    found = prepare(series, Split.shares(40))
    assert found.changes[3, 1] * found.scale == pytest.approx(25 - 9)
    assert np.isnan(found.changes[-1]).all()
    constant = prepare(days(np.ones(40)), Split.shares(40))
    assert np.isfinite(constant.inputs).all()
