"""A change that leaves a picture as it is leaves its element, too: nothing is mounted anew that has not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

# Each chart by its key: what it plots; its element bears a mark from when it was first looked at.
LOOK = """mark => Object.fromEntries([...document.querySelectorAll("[class*=st-key-chart_]")].flatMap(place => {
    const chart = place.querySelector(".js-plotly-plot");
    if (!chart) return [];
    const kept = chart.kiokuKept ?? false;
    if (mark) chart.kiokuKept = true;
    const key = [...place.classList].find(name => name.startsWith("st-key-chart_"));
    return [[key, { kept, plots: JSON.stringify([chart.data, chart.layout]) }]];
}))"""
DRAWINGS = """mark => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")].map(drawing => {
    const kept = drawing.kiokuKept ?? false;
    if (mark) drawing.kiokuKept = true;
    return kept;
})"""


def change(page: Page, key: str, name: str) -> None:
    """Press one of a control's buttons, and wait until the address and the page have it."""
    before = page.url
    page.locator(f".st-key-{key} button").filter(has_text=name).first.click()
    page.wait_for_function("before => location.href !== before", arg=before)
    settle(page)


def test_what_a_change_leaves_as_it_is_stays(visit: Visit) -> None:
    page = visit("cell", lang="en", guess="skip")
    before, _ = page.evaluate(LOOK, True), page.evaluate(DRAWINGS, True)
    change(page, "quantity", "forget")
    after = page.evaluate(LOOK, True)
    same = [chart for chart, seen in after.items() if chart in before and before[chart]["plots"] == seen["plots"]]
    assert len(same) == len(before) - 1 > 1  # all charts but that of the quantity
    assert [chart for chart in same if not after[chart]["kept"]] == []
    change(page, "hidden", "32")  # after which every chart is another
    drawings = page.evaluate(DRAWINGS, False)
    assert len(drawings) > 1
    assert all(drawings)
