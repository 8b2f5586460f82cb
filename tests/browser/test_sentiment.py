from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.models.sentiment import classify
from rnn_core.tasks.sentiment import NEGATED, SHIPPED
from rnn_core.text.tokenizer import segment
from tests.browser.reading import address

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_guess_is_judged_and_asked_again_of_another_sentence(visit: Visit) -> None:
    words = segment(NEGATED).tokens
    settled = classify(SHIPPED[2], words).settled
    page = visit("sentiment", text=NEGATED, lang="en")
    page.locator(".st-key-guess_settled").get_by_text(words[settled]).click()
    page.locator(".verdict.right").wait_for()
    assert address(page)["guess_settled"] == str(settled + 1)
    page.get_by_role("button", name="Guess again").click()
    page.locator(".st-key-guess_settled").get_by_text(words[0]).click()
    page.locator(".verdict.wrong").wait_for()
    page.get_by_role("button", name="rain, then sun").click()
    page.wait_for_selector(".st-key-skip_guess_settled")
    assert page.locator(".verdict").count() == 0
    assert "guess_settled" not in address(page)
