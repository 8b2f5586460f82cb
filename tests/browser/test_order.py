from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from pages._ui.address import MAX_PARAMETERS
from rnn_core import order
from rnn_core.messages import text
from rnn_core.models import registry
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import segment
from tests.browser.conftest import settle
from tests.browser.reading import address, plotted

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
WORDS = segment(order.SENTENCE).tokens


def last(spec: order.NetworkSpec, words: tuple[str, ...]) -> np.ndarray:
    """The last distribution, from the module itself."""
    with torch.inference_mode():
        scores = registry.family_of(spec).load(spec)(torch.tensor([smalltalk.vocabulary().encode(words)]))
    return scores.softmax(dim=-1)[0, -1].numpy()


def test_the_charts_hold_the_numbers_of_torch(visit: Visit) -> None:
    page = visit("order", text=order.SENTENCE, guess_order="skip")
    bag = order.READERS[0]
    both = [last(bag, words) for words in (WORDS, order.swapped(WORDS, *order.SWAP))]
    line = plotted(page, "reply_order", "x")
    assert line[0] == line[1]
    np.testing.assert_allclose(line, [row[both[0].argmax()] for row in both], atol=1e-6)
    moved = plotted(page, "reach", "customdata")
    for row, spec in zip(moved, order.NETWORKS, strict=True):
        expected = [
            order.total_variation(last(spec, WORDS), last(spec, order.replaced(WORDS, place, "猫")))
            for place in range(5)
        ]
        np.testing.assert_allclose(row, expected, atol=1e-6)
    assert moved[2][0] == moved[2][1] == 0


def test_the_reader_swaps_two_other_words_and_the_link_keeps_it(visit: Visit) -> None:
    page = visit("order", text=order.SENTENCE, guess_order="2", second="5")
    assert address(page)["second"] == "5"
    before = page.locator(".reading").last.inner_text()
    page.reload()
    settle(page)
    assert page.locator(".reading").last.inner_text() == before
    assert page.locator(".st-key-chart_reply_order").is_visible()


def test_a_guess_is_judged_and_asked_again_of_another_sentence(visit: Visit) -> None:
    page = visit("order", text=order.SENTENCE, lang="en")
    page.locator(".st-key-guess_order").get_by_text("All but the bag of words").click()
    page.locator(".verdict.right").wait_for()
    page.get_by_role("button", name="Guess again").click()
    page.locator(".st-key-guess_order").get_by_text("None of them").click()
    page.locator(".verdict.wrong").wait_for()
    page.get_by_role("button", name="today ↔ weather").click()
    page.wait_for_selector(".st-key-skip_guess_order")
    assert page.locator(".verdict, .principle").count() == 0
    assert "guess_order" not in address(page)


def test_an_address_with_more_parameters_than_arrive_is_told_of(visit: Visit) -> None:
    page = visit("order", locale="en-GB", **{f"a{number}": "1" for number in range(MAX_PARAMETERS + 1)})
    page.get_by_text(text("controls.notice.crowded", "en", limit="1,000")).wait_for()


def test_an_address_that_is_typed_as_a_word_is_no_link(visit: Visit) -> None:
    page = visit("order", lang="en", text="www.evil.com は https://evil.com", other="www.evil.com a@evil.com")
    page.get_by_text("The replacement is one word").wait_for()
    assert page.locator(".stMain a[href*=evil]").count() == 0
