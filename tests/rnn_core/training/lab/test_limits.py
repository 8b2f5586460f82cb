"""Every bound stands in one table, and what is usual lies within it."""

from __future__ import annotations

from typing import get_args

import pytest

from rnn_core.training.lab.limits import LENGTHS, LIMITS, OUTLINES, RECORDS, SNAPSHOTS, Range, TaskName


@pytest.mark.parametrize("limit", [*LIMITS.values(), *LENGTHS.values()], ids=[*LIMITS, *LENGTHS])
def test_what_is_usual_lies_within_the_bounds(limit: Range) -> None:
    assert limit.low <= limit.usual <= limit.high


def test_every_task_has_its_lengths() -> None:
    assert set(LENGTHS) == set(OUTLINES) == set(get_args(TaskName))


def test_snapshots_are_some_of_the_records() -> None:
    assert RECORDS % SNAPSHOTS == 0
