from __future__ import annotations

import numpy as np
import pytest

from rnn_core.tasks.forecast.series import season_of
from tests.rnn_core.tasks.forecast.cases import days, wave


def test_a_series_can_be_cut_and_altered_and_stays_as_it_was() -> None:
    series = wave(50)
    before = series.values.copy()
    moved = series.altered(20)
    np.testing.assert_array_equal(moved.values[:20], before[:20])
    assert (moved.values[20:] - before[20:] == pytest.approx(1000.0)) is True
    np.testing.assert_array_equal(series.last(7).values, before[-7:])
    np.testing.assert_array_equal(series.values, before)
    with pytest.raises(ValueError, match="read-only"):
        series.values[0] = 0.0


def test_the_season_is_where_in_the_year_a_day_is() -> None:
    season = season_of(days(np.arange(800.0)).times)
    assert season[0] == 0
    assert season[366] == 0  # 2012 is a leap year
    assert np.pi == pytest.approx(season[183], abs=0.02)
    assert days(np.arange(9.0)).period == 365
