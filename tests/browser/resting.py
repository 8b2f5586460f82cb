"""A reader who plays and stops, or goes back two steps: every mark goes along at once, and stays where they stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.messages import text
from tests.browser.conftest import settle
from tests.browser.reading import MARKED, marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Locator, Page

# The slider's value and its attributes are written together.
STOPPED = """(slider, step) => {
    window.stopped = new Promise(done => {
        const seen = new MutationObserver(() => {
            if (slider.value !== step) return;
            seen.disconnect();
            (STOP)(slider);
            done();
        });
        seen.observe(slider, { attributes: true });
    });
}"""

# In one task of the browser, in which nothing can be asked of the server.
BACK_TWICE = f"""(button, keys) => {{
    for (let time = 0; time < 2; time++)
        button.dispatchEvent(new KeyboardEvent("keydown", {{ key: "ArrowLeft", bubbles: true, composed: true }}));
    return ({MARKED})(keys);
}}"""


def play_until(drawing: Locator, step: int, stop: str) -> None:
    """Play, and stop in the task of the browser in which a step is reached: a slow machine plays no further.

    Args:
        drawing: what is played, in English.
        step: where it is stopped.
        stop: what is then called with the slider, as JavaScript.
    """
    drawing.locator("input[type=range]").evaluate(STOPPED.replace("STOP", stop), str(step))
    drawing.get_by_role("button", name=text("player.play", "en")).click()
    drawing.page.evaluate("() => window.stopped")


def marks_move_at_once_and_rest(page: Page, keys: Sequence[str], control: str, place: int) -> None:
    """The marks of the charts `keys` move before the server hears of it; then `control` has `place` in the address."""
    before = marked(page, keys)
    button = page.locator(".transport button").first
    button.focus()
    moved = button.evaluate(BACK_TWICE, list(keys))
    assert all(moved[key] != before[key] for key in keys)
    page.wait_for_function(f"() => location.search.includes('{control}={place}')")
    settle(page)
    rested = marked(page, keys)
    for key in keys:
        assert rested[key] == pytest.approx(moved[key], abs=1.5)
