from __future__ import annotations

import numpy as np
import pytest

from rnn_core.runs import Run, outcome


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
    assert Run(np.array(loss), np.array(before), np.array(before)).lost_at == step


def ended(loss: float) -> Run:
    return Run(np.array([90.0, loss]), np.ones(2), np.ones(2))


@pytest.mark.parametrize(
    ("clipped", "free", "found"),
    [
        (1.0, 2.0, "lower"),
        (1.95, 2.0, "same"),
        (2.15, 2.0, "same"),
        (0.0, 0.0, "same"),
        (2.3, 2.0, "higher"),
        (np.nan, 2.0, "higher"),
        (2.0, np.nan, "breaks"),
        (np.inf, np.nan, "both"),
    ],
)
def test_of_two_runs_one_thing_is_true(clipped: float, free: float, found: str) -> None:
    assert outcome(ended(clipped), ended(free)) == found
