from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import forecast_prices
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces

MONTHS = np.arange("2008-01", "2008-09", dtype="datetime64[M]")
PRICES = np.array([10.0, 11, 12, 11, 10, 9, 10, 12])
LATE = np.r_[9.0, PRICES[:-1]]  # each forecast repeats the price before


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slid", [0, 1, 3])
def test_the_forecasts_are_slid_and_nothing_else_changes(lang: str, slid: int) -> None:
    picture = sound(forecast_prices(MONTHS, PRICES, LATE, slid, "lstm", lang=lang, theme=LOOKS[0]))
    price, said = traces(picture)
    np.testing.assert_array_equal(price["y"], PRICES)
    np.testing.assert_array_equal(said["y"], LATE[slid:])
    assert said["x"] == price["x"][: len(LATE) - slid]
    assert picture.figure.layout.xaxis.tickformat == "%Y-%m"  # Plotly's own months are English


def test_slid_by_a_month_a_forecast_that_repeats_the_price_lies_on_it() -> None:
    found = [forecast_prices(MONTHS, PRICES, LATE, slid, "lstm", lang="en", theme=LOOKS[0]) for slid in (0, 1)]
    assert "off" in found[0].finding
    assert "0%" in found[1].finding
