from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bench.browser import DRAWN
from rnn_core.models import writing
from rnn_core.specs import ModelSpec
from rnn_core.statistics.truncation import Truncation
from tests.browser.reading import address

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
SPEC = ModelSpec(task="given_names", cell="lstm", hidden=64)


def test_a_text_grows_token_by_token_over_the_same_distribution(visit: Visit) -> None:
    written = writing.draw(SPEC, ("▶", "は"), Truncation(), 0)
    page = visit("text-generation", lang="en")
    tokens = page.locator(".growing .token:not(.next)")
    expect(tokens).to_have_count(len(written.trace))
    expect(page.locator(".growing .token.later")).to_have_count(len(written.trace) - 2)
    chosen = page.locator(".growing .output.chosen b")
    expect(chosen).to_have_text(written.trace.outputs[written.chosen[0]])
    components = '[data-testid^="stBidiComponent"]'
    assert page.evaluate(DRAWN, components)  # elements of HTML are a picture, too
    page.locator(".growing .stage").press("ArrowRight")
    page.wait_for_url("**t=3**")
    expect(chosen).to_have_text(written.trace.outputs[written.chosen[1]])
    page.get_by_role("button", name="temperature 0", exact=True).click()
    page.wait_for_url("**temperature=0.0**")
    expect(page.locator(".growing .left")).to_have_text("Outputs that remain: 1 of 75")
    assert address(page)["t"] == "3"
    page.locator(".growing .board").evaluate("board => board.replaceChildren()")
    assert not page.evaluate(DRAWN, components)
