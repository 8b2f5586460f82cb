"""The month in a real browser: today moves by keys, the fan follows; and a reader's own table is judged."""

from __future__ import annotations

from datetime import date, timedelta
from math import sin
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_today_moves_by_key_and_is_in_the_address(visit: Visit) -> None:
    page = visit("forecast", lang="en", cell="gru", month="7", t="1")
    finding, fan = page.locator(".forecast .finding"), page.locator(".forecast .fan.wide")
    said, drawn = finding.inner_text(), fan.get_attribute("d")
    page.locator(".forecast .stage").press("ArrowRight")
    page.wait_for_url("**t=2**")
    assert finding.inner_text() != said
    assert fan.get_attribute("d") != drawn
    assert page.locator(".forecast circle").count() == 8


def test_a_table_of_ones_own_is_trained_and_judged(visit: Visit) -> None:
    page = visit("forecast", lang="ja", cell="rnn")
    days = [date(2015, 1, 1) + timedelta(days=day) for day in range(2000)]
    table = "\n".join(f"{day},{10 + 8 * sin(number / 58) + number % 7:.2f}" for number, day in enumerate(days))
    field = page.locator(".st-key-own_series input[type=file]")
    field.set_input_files({"name": "own.csv", "mimeType": "text/csv", "buffer": table.encode()})
    page.get_by_role("button", name="own.csv を取り除く", exact=True).wait_for()  # whose name Streamlit says in English
    page.locator(".st-key-own_train button").click()
    verdict = page.locator(".st-key-chart_own_error").locator("xpath=preceding::p[contains(@class, 'verdict')][1]")
    verdict.wait_for()
    assert page.locator(".st-key-own_cancel").count() == 0
