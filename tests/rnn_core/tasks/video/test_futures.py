from __future__ import annotations

import numpy as np
import pytest

from rnn_core.tasks.video.futures import make_futures


@pytest.mark.parametrize("digit", [0, 7])
def test_the_mean_costs_a_quarter_against_each_and_least_of_all(digit: int) -> None:
    found = make_futures(digit)
    assert found.cost(found.two[0]) == (0.0, pytest.approx(found.apart))
    assert found.cost(found.mean) == (pytest.approx(found.apart / 4), pytest.approx(found.apart / 4))
    best = found.every.mean(axis=0)
    assert found.cost_of_all(best) < min(found.cost_of_all(one) for one in (*found.two, found.mean, found.now))
    assert len(np.unique(found.every, axis=0)) == 16
