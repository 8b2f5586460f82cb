"""A reader who goes back two steps: every mark goes along at once, and stays where they stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import settle
from tests.browser.reading import address, marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page


def marks_move_at_once_and_rest(page: Page, keys: Sequence[str], control: str, place: int) -> None:
    """The marks of the charts `keys` move before the server hears of it; then `control` has `place` in the address."""
    before = marked(page, keys)
    page.locator(".transport button").first.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(50)  # less than a report takes
    moved = marked(page, keys)
    assert control not in address(page)
    assert all(moved[key] != before[key] for key in keys)
    page.wait_for_function(f"() => location.search.includes('{control}={place}')")
    settle(page)
    rested = marked(page, keys)
    for key in keys:
        assert rested[key] == pytest.approx(moved[key], abs=1.5)
