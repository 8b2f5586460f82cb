from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.forecast import computed
from pages._chapters.forecast.choices import SHARES
from rnn_core.figures.by_horizon import NETWORK
from rnn_core.quantities import CELLS
from rnn_core.tasks.forecast.spec import ForecastSpec
from rnn_core.training.forecast_rows import WEATHER


@pytest.mark.parametrize("cell", CELLS)
def test_the_errors_are_the_manifests_and_those_of_what_is_drawn(cell: str) -> None:
    found, spec = computed.errors(cell), ForecastSpec(cell=cell)
    assert list(found.errors[NETWORK]) == WEATHER.manifest()["models"][spec.name]["error"]
    case = computed.weather()
    when, said, came = computed.worst(spec)
    assert abs(said - came) == pytest.approx(
        np.abs(computed.said(spec, case).middle[1095:-1, 0] - case.series.values[1096:]).max()
    )
    assert when.year == 2015


def test_no_share_is_forecast_clearly_better_and_no_future_leaks() -> None:
    assert [computed.share_gain(symbol).side for symbol in SHARES if computed.share_gain(symbol).side > 0] == []
    assert computed.leaks() == ()
    slopes = computed.influence(ForecastSpec(cell="gru"), computed.weather(), 1200, 1)
    assert slopes.argmax() == 0
