from __future__ import annotations

import pytest

from rnn_core.errors import KiokuError
from rnn_core.tasks.forecast.spec import PARTS, PRICES, QUANTILES, SHIPPED, ForecastSpec


def test_a_spec_names_one_network_and_refuses_what_there_is_not() -> None:
    assert len({spec.name for spec in (*SHIPPED, PRICES)}) == 4
    assert ForecastSpec(cell="rnn") in SHIPPED
    with pytest.raises(KiokuError, match="hidden"):
        ForecastSpec(cell="rnn", hidden=0)
    assert {spec.task for spec in (*SHIPPED, PRICES)} == set(PARTS)
    assert sorted(QUANTILES) == list(QUANTILES)
