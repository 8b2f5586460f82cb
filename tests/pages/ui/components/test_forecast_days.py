"""The month as it is drawn: every number is the network's, and the reader's place is told."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._chapters.forecast import computed, month
from pages._ui.components.forecast_days import BEFORE, Month, drawing
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.tasks.forecast.spec import ForecastSpec
from rnn_core.tasks.forecast.split import AHEAD
from tests.pages.ui.components.test_packing import unpacked


def shown(cell: str, number: int) -> Month:
    case, spec = computed.weather(), ForecastSpec(cell=cell)  # type: ignore[arg-type]  # one of the cells
    first, count = month.days(case, number)
    return Month(case.series, case.split, computed.said(spec, case), spec.cell, first, count, "°C")


@pytest.mark.parametrize(("cell", "number", "lang"), [("rnn", 1, "ja"), ("lstm", 7, "en"), ("gru", 12, "ja")])
def test_every_number_is_the_networks(cell: str, number: int, lang: str) -> None:
    found = shown(cell, number)
    data = json.loads(json.dumps(drawing(lang, found), allow_nan=False))
    days = slice(found.first - BEFORE, found.first + found.count + AHEAD - 1)
    np.testing.assert_array_equal(unpacked(data["values"]), found.series.values[days].astype("<f4"))
    todays = slice(found.first, found.first + found.count)
    np.testing.assert_array_equal(unpacked(data["fan"]), found.said.fan[todays].astype("<f4").ravel())
    assert len(data["dates"]) == BEFORE + found.count + AHEAD - 1
    keys = [QUANTITIES.state(found.cell).key, *(row.key for row in QUANTITIES.of(found.cell) if row.gate)]
    for key, strip in zip(keys, data["strips"], strict=True):
        np.testing.assert_array_equal(unpacked(strip["values"]), found.said.states[key][days].ravel())
    assert data["dates"][BEFORE] == ("1月1日" if number == 1 else "Jul 1" if number == 7 else "12月1日")


def test_every_month_has_its_days_and_december_ends_where_all_is_known() -> None:
    case = computed.weather()
    counts = [month.days(case, number)[1] for number in range(1, 13)]
    assert counts == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 24]
    assert set(CELLS) == {"rnn", "lstm", "gru"}


def app() -> None:
    import streamlit as st

    from pages._ui.components.forecast_days import forecast_days
    from tests.pages.ui.components.test_forecast_days import shown

    told = st.session_state.setdefault("told", [])
    forecast_days("en", shown("gru", 7), step=40, on_step_change=told.append)


def test_a_place_beyond_the_month_is_its_last_day() -> None:
    at = AppTest.from_function(app, default_timeout=60).run()
    assert not at.exception
    assert json.loads(at.get("bidi_component")[0].proto.json)[0]["at"]["step"] == 31
    assert at.session_state["told"] == []
