from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.models.feeling_reading import read
from rnn_core.tasks.feelings import SENTENCES, network
from rnn_core.tasks.sentiment import NEGATED
from rnn_core.text.tokenizer import segment

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_the_guess_is_made_in_the_drawing_and_judged_there_and_asked_again_of_another_text(visit: Visit) -> None:
    words = segment(NEGATED).tokens
    settled = read(network(SENTENCES, "gru"), words).settled
    page = visit("sentiment", text=NEGATED, lang="en", cell="gru")
    drawing = page.locator(".st-key-drawing")
    drawing.locator(".token").nth(settled).click()
    drawing.locator("button.main").click()
    page.wait_for_url(f"**guess_settled={settled + 1}*")
    assert drawing.locator(".finding").inner_text().startswith("Correct.")
    assert drawing.locator(".mark.settled").is_visible()
    drawing.get_by_role("button", name="Guess again").click()
    drawing.locator(".stage").focus()
    page.keyboard.press("Home")
    drawing.locator("button.main").click()
    page.wait_for_url("**guess_settled=1*")
    assert (
        drawing.locator(".finding").inner_text().startswith("Correct." if settled == 0 else ("Nearly.", "Not quite."))
    )
    page.get_by_role("button", name="a smile, then むっ").click()
    page.wait_for_url("**reads=faces*")
    drawing.locator("button.main").wait_for()
    assert "guess_settled" not in page.url
