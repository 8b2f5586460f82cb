from __future__ import annotations

import numpy as np
import pytest

from rnn_core.tasks.forecast.grid import Step, find_step, place


def times(*said: str) -> np.ndarray:
    return np.array(said, dtype="datetime64[s]")


@pytest.mark.parametrize(
    ("found", "step"),
    [
        (np.arange("2024-01-01", "2024-03-01", dtype="datetime64[D]"), Step("day", 1)),
        (np.arange("2024-01-01", "2025-01-01", 7, dtype="datetime64[D]"), Step("week", 1)),
        (np.arange("2020-01", "2024-01", dtype="datetime64[M]"), Step("month", 1)),
        (np.arange("1980", "2024", dtype="datetime64[Y]"), Step("year", 1)),
        (np.arange("2024-01-01T00", "2024-01-03T00", 6, dtype="datetime64[h]"), Step("hour", 6)),
        (np.arange("2024-01-01T00:00", "2024-01-01T03:00", 15, dtype="datetime64[m]"), Step("minute", 15)),
    ],
)
def test_the_step_is_found_and_the_times_come_back(found: np.ndarray, step: Step) -> None:
    assert find_step(found.astype("datetime64[s]")) == step
    placed = place(found.astype("datetime64[s]"), np.arange(len(found), dtype=float))
    assert placed is not None
    np.testing.assert_array_equal(placed.series.times, found.astype("datetime64[s]"))
    np.testing.assert_array_equal(placed.series.values, np.arange(len(found)))
    assert (placed.gaps, placed.moved, placed.twice) == (0, 0, 0)
    assert (placed.series.unit, placed.series.every) == (step.unit, step.every)


def test_gaps_take_the_last_value_before_them_and_are_not_known() -> None:
    placed = place(times("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-06", "2024-01-07"), np.arange(5.0))
    assert placed is not None
    assert placed.series.values.tolist() == [0, 1, 2, 2, 2, 3, 4]
    assert placed.series.known.tolist() == [True, True, True, False, False, True, True]
    assert placed.gaps == 2


def test_the_last_of_two_rows_counts_and_a_date_between_two_steps_moves() -> None:
    placed = place(
        times("2024-01-01", "2024-01-02", "2024-01-02", "2024-01-03", "2024-01-04T03:00"), np.array([1.0, 2, 3, 4, 5])
    )
    assert placed is not None
    assert placed.series.values.tolist() == [1, 3, 4, 5]
    assert (placed.twice, placed.moved) == (1, 1)


def test_more_gaps_than_values_are_none_without_taking_the_room() -> None:
    assert place(times("0001-01-01", "0001-01-02", "0001-01-03", "9999-01-01"), np.arange(4.0)) is None
