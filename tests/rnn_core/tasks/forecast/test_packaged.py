from __future__ import annotations

import numpy as np
import pytest

from rnn_core.errors import KiokuError
from rnn_core.tasks.forecast import packaged


def test_the_weather_has_every_day_of_four_years_and_the_prices_every_month() -> None:
    found = packaged.weather()
    assert (np.diff(found.times) == np.timedelta64(1, "D")).all()
    assert found.beside.shape == (1461, 3)
    assert found.known.all()
    for series in packaged.prices().values():
        assert (np.diff(series.times.astype("datetime64[M]").astype(int)) == 1).all()
        assert series.relative
    assert np.exp(packaged.prices()["MSFT"].values[0]) == pytest.approx(39.81)


def test_without_the_package_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "PACKAGE", "no_such_package")
    with pytest.raises(KiokuError, match="pip install no_such_package"):
        packaged.weather.__wrapped__()
