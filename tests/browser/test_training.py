"""A training from the first press to the last update, in the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from rnn_core.messages import text
from tests.browser.conftest import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

SMALL = {"task": "parity", "length": "3", "cell": "gru", "hidden": "4", "steps": "40", "lr": "0.01", "seed": "5"}


def drawn(page: Page, state: str) -> None:
    page.locator(f".training[data-state={state}]").wait_for()


def scrubbed(page: Page, key: str, update: int) -> str:
    """Press a key in the drawing; what it says of the cursor once the address has the update."""
    page.locator(".kioku.training").focus()
    page.keyboard.press(key)
    page.wait_for_url(f"**update={update}**")
    return page.locator(".transport output").inner_text()


def test_a_training_is_started_watched_scrubbed_and_found_again(visit: Visit) -> None:
    page = visit("training", **SMALL)
    drawn(page, "empty")
    assert page.locator(".main").is_disabled()
    page.locator(".option").nth(1).click()
    drawn(page, "predict")
    page.wait_for_url("**guess=stuck**")
    page.locator(".main").click()
    page.wait_for_url(re.compile(r"[?&]run=\w+"))
    drawn(page, "finished")
    page.locator(".st-key-run_status").filter(has_text=text("training.state.finished", "ja")).wait_for()
    assert page.locator(".verdict").count() == 1
    assert page.locator(".transport output").inner_text().endswith("40 / 40")
    assert "0 / 40" in scrubbed(page, "Home", 0)
    assert "6 / 40" in scrubbed(page, "ArrowRight", 6)

    page.reload()
    settle(page)
    drawn(page, "finished")
    page.locator(".transport output").filter(has_text="6 / 40").wait_for()
    assert page.locator(".verdict").count() == 1


def test_other_settings_are_set_in_the_drawing_and_asked_about_anew(visit: Visit) -> None:
    page = visit("training", **SMALL, guess="solves_20")
    drawn(page, "predict")
    page.locator(".cells button").nth(0).click()
    page.wait_for_url("**cell=rnn**")
    drawn(page, "empty")
    page.locator(".slider input").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**length=5**")
    page.locator(".more").click()
    page.locator(".panel select").nth(3).select_option("sgd")
    page.wait_for_url("**optimizer=sgd**")
    assert page.locator(".panel").is_visible()


def test_a_sweep_fills_in_and_one_of_its_trainings_is_opened(visit: Visit) -> None:
    page = visit("training", **SMALL | {"steps": "10"}, mode="sweep", sweep="lr", repeat="1")
    main, progress = page.locator(".setup .main"), page.locator(".progress-all")
    every = progress.get_attribute("aria-valuemax") or ""
    assert progress.get_attribute("aria-valuenow") == "0"
    main.click()
    expect(progress).to_have_attribute("aria-valuenow", every)
    expect(main).to_be_disabled()
    page.locator(".seed-row").click()
    page.wait_for_url(re.compile(r"[?&]run=\w+"))
    drawn(page, "finished")
