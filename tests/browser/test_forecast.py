"""The month in a real browser: today moves by keys, the fan follows, and the address has the day."""

from __future__ import annotations

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
