from __future__ import annotations

import numpy as np
import pytest

from rnn_core.runs import Run


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
