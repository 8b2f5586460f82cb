"""Two states of a chapter in a real browser: one time axis, and a link that holds both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.messages import text
from tests.browser.conftest import settle
from tests.browser.reading import address, overheard

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
BOTH = """() => [...document.querySelectorAll("[data-testid^=stBidi]")]
    .map(one => one.shadowRoot?.querySelector(".kioku[data-cell]")).filter(Boolean)
    .map(root => `${root.dataset.cell} ${root.querySelector("input[type=range]")?.value}`).join()"""


def both(page: Page, wanted: str) -> None:
    """Wait until the drawings are `wanted`: the cell and the step of each."""
    page.wait_for_function(f"wanted => ({BOTH})() === wanted", arg=wanted)


def test_a_pinned_network_and_the_present_one_move_together_and_a_link_holds_both(visit: Visit) -> None:
    page = visit(lang="en", cell="rnn")
    page.get_by_role("button", name=text("ui.view", "en"), exact=True).click()
    page.get_by_role("button", name=text("ui.pin", "en")).click()
    page.wait_for_url("**pin=home~cell.rnn**")
    settle(page)
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="LSTM", exact=True).click()
    page.wait_for_url("**cell=lstm**")
    both(page, "lstm 6,rnn 6")
    settle(page)
    scrubs = page.get_by_label(text("player.scrub", "en"))
    with overheard(page) as sent:
        scrubs.first.press("ArrowLeft")
        both(page, "lstm 5,rnn 5")
        assert sent == []
    page.wait_for_url("**t=5**")
    settle(page)
    scrubs.last.press("ArrowLeft")
    both(page, "lstm 4,rnn 4")
    page.wait_for_url("**t=4**")
    settle(page)
    both(page, "lstm 4,rnn 4")
    page.reload()
    settle(page)
    both(page, "lstm 4,rnn 4")
    page.get_by_role("button", name=text("ui.unpin", "en"), exact=True).click()
    page.wait_for_function("() => !location.search.includes('pin=')")
    both(page, "lstm 4")
    assert address(page)["cell"] == "lstm"
