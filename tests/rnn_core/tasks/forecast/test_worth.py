from __future__ import annotations

import numpy as np
import pytest

from rnn_core.tasks.forecast import worth
from rnn_core.tasks.forecast.baselines import persistence
from rnn_core.tasks.forecast.split import AHEAD, Split
from rnn_core.tasks.forecast.worth import Case, gain, mean_misses, misses
from tests.rnn_core.tasks.forecast.cases import wave


def test_misses_are_those_of_the_test_part_alone() -> None:
    case = Case(wave(100), Split.shares(100))
    said = persistence(case.series)
    for ahead in (1, AHEAD):
        truth = case.series.values[case.split.tested :]
        before = case.series.values[case.split.tested - ahead : 100 - ahead]
        np.testing.assert_array_equal(misses(case, said, ahead), np.abs(truth - before))
    assert mean_misses([(case, said)])[0] == pytest.approx(np.abs(np.diff(case.series.values))[79:].mean())


def test_nobody_is_better_than_itself_and_the_truth_is_better_than_all() -> None:
    case = Case(wave(200), Split.shares(200))
    said = persistence(case.series)
    assert tuple(gain([(case, said, said)], 1, 7)) == (0, 0, 0)
    perfect = np.stack([np.roll(case.series.values, -ahead) for ahead in range(1, AHEAD + 1)], axis=1)
    assert gain([(case, perfect, said)], 1, 7).side == 1
    assert gain([(case, said, perfect)], 1, 7).side == -1


def test_each_task_has_its_series() -> None:
    assert [len(worth.cases(task)) for task in ("forecast", "prices")] == [1, 5]
