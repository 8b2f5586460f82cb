"""The curve that a reader draws on /gradients, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

CHART = ".st-key-chart_gradient_norms .js-plotly-plot"


@pytest.mark.browser
def test_a_curve_is_drawn_with_the_keys_and_then_lies_in_the_chart(visit: Visit) -> None:
    page = visit("gradients", length="once", lang="en")
    handles = page.get_by_role("slider").filter(has=page.locator("circle"))
    expect(handles).to_have_count(5)
    expect(page.get_by_role("button", name="Commit and see")).to_be_disabled()
    handles.first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
    expect(handles.first).to_have_attribute("aria-valuetext", re.compile(r"10\^−0\.50"))
    page.get_by_role("button", name="Commit and see").click()
    expect(page.locator(CHART)).to_be_visible()
    (curve,) = parse_qs(urlsplit(page.url).query)["curve"]
    assert curve == "_".join(["-0.5"] * 5)


@pytest.mark.browser
def test_a_curve_is_drawn_with_the_pointer(visit: Visit) -> None:
    page = visit("gradients", length="once", width=390)
    paper = page.locator(".curve .paper")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + 120)
    page.mouse.down()
    for step in range(80):
        page.mouse.move(box["x"] + box["width"] * (0.95 - 0.0095 * step), box["y"] + 120 + step)
    page.mouse.up()
    page.get_by_role("button", name="この予想で決める").click()
    expect(page.locator(CHART)).to_be_visible()
