"""The baselines against what they should be, ridge against scikit-learn itself."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from rnn_core.tasks.forecast.baselines import (
    PENALTIES,
    WINDOW,
    calendar,
    forecast_without,
    last_year,
    persistence,
    ridge,
)
from rnn_core.tasks.forecast.split import AHEAD, Split, prepare
from tests.rnn_core.tasks.forecast.cases import days, wave

SERIES = wave(1200)
SPLIT = Split(checked=800, tested=1000)


def test_what_stays_comes_again_or_is_of_the_calendar_is_found_exactly() -> None:
    assert (persistence(SERIES) == SERIES.values[:, None]).all()
    before = last_year(SERIES, SPLIT)
    assert before is not None
    assert before[900, 2] == SERIES.values[903 - 365]
    pure = days(10 + 8 * np.sin(2 * np.pi * np.arange(1200) / 365.2425))
    average = calendar(pure, SPLIT)
    assert average is not None
    np.testing.assert_allclose(average[1000, 0], pure.values[1001], atol=0.2)


def test_ridge_is_scikit_learns_with_one_of_the_penalties() -> None:
    found, prepared = ridge(SERIES, SPLIT), prepare(SERIES, SPLIT)
    windows = np.lib.stride_tricks.sliding_window_view(prepared.inputs, WINDOW, axis=0)
    given = windows.reshape(len(windows), -1)  # of the steps from WINDOW - 1 on
    for k in (0, AHEAD - 1):
        learned = slice(0, SPLIT.checked - k - 1 - (WINDOW - 1))
        targets = prepared.changes[WINDOW - 1 :, k][learned]
        theirs = [Ridge(alpha=penalty).fit(given[learned], targets).predict(given) for penalty in PENALTIES]
        ours = (found[WINDOW - 1 :, k] - SERIES.values[WINDOW - 1 :]) / prepared.scale
        assert min(np.abs(ours - one).max() for one in theirs) < 1e-9
    assert np.isnan(found[: WINDOW - 1]).all()


def test_no_baseline_knows_the_future() -> None:
    for name, before in forecast_without(SERIES, SPLIT).items():
        after = forecast_without(SERIES.altered(1100), SPLIT)[name]
        np.testing.assert_array_equal(before[:1100], after[:1100])


@pytest.mark.parametrize("count", [60, 300])
def test_a_short_series_has_fewer_baselines(count: int) -> None:
    assert set(forecast_without(wave(count), Split.shares(count))) == {"persistence", "ridge"}
