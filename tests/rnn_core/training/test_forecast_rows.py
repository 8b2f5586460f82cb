from __future__ import annotations

from rnn_core.training.forecast_rows import SHARES, WEATHER
from rnn_core.training.tasks import TASKS


def test_both_are_rows_of_the_table() -> None:
    assert (TASKS["forecast"], TASKS["prices"]) == (WEATHER, SHARES)
    assert {spec.task for spec in (*WEATHER.networks, *SHARES.networks)} == {"forecast", "prices"}
