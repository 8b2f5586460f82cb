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


def test_the_drawing_and_the_chart_hold_the_numbers_of_torch(visit: Visit) -> None:
    page = visit("order", text=order.SENTENCE, guess_order="skip")
    for spec, verdict in zip(order.NETWORKS, page.locator(".judged").all(), strict=True):
        before, after = (last(spec, words) for words in (WORDS, order.swapped(WORDS, *order.SWAP)))
        moved = order.total_variation(before, after)
        same = text("word_order.same" if moved == 0 else "word_order.reply", "ja")
        assert same in verdict.inner_text()
        assert moved == 0 or f"{moved:.2f}" in verdict.inner_text()
    moved = plotted(page, "reach", "customdata")
    for row, spec in zip(moved, order.NETWORKS, strict=True):
        expected = [
            order.total_variation(last(spec, WORDS), last(spec, order.replaced(WORDS, place, "猫")))
            for place in range(5)
        ]
        np.testing.assert_allclose(row, expected, atol=1e-6)
    assert moved[2][0] == moved[2][1] == 0


def test_the_guess_is_made_and_judged_in_the_drawing_and_another_order_asks_again(visit: Visit) -> None:
    page = visit("order", text=order.SENTENCE)
    finding = page.locator(".order .finding")
    assert page.locator(".judged .lamp").count() == 0
    for row, button in enumerate((1, 0, 1, 0, 0, 0)):  # all but the bag and, wrongly, the CNN notice
        page.locator(".judged").nth(row).locator("button").nth(button).click()
    page.locator(".ask .main").click()
    finding.filter(has_text=text("predict.verdict.near", "ja")).wait_for()
    page.wait_for_url("**guess_order=010111**")
    assert page.locator(".judged").nth(2).inner_text().endswith("✗")

    card = page.locator(".card").nth(0)
    card.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")  # from the third place to the fourth
    finding.filter(has_text=text("word_order.ask", "ja")).wait_for()
    page.wait_for_url("**places=3-2-4-1-5**")
    settle(page)
    assert address(page).get("guess_order", "") == ""
    page.reload()
    settle(page)
    assert finding.inner_text() == text("word_order.ask", "ja")
    assert page.locator(".card").nth(0).get_attribute("aria-label").startswith("犬")


def test_a_card_is_dragged_onto_another(visit: Visit) -> None:
    page = visit("order", text=order.SENTENCE, guess_order="skip", places="1-2-3-4-5")
    boxes = [page.locator(".card").nth(place).bounding_box() for place in (1, 4)]
    points = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=6)
    page.mouse.up()
    page.wait_for_url("**places=1-5-3-4-2**")
    settle(page)
    assert page.locator(".judged .lamp").count() == len(order.NETWORKS)


def test_an_address_with_more_parameters_than_arrive_is_told_of(visit: Visit) -> None:
    page = visit("order", locale="en-GB", **{f"a{number}": "1" for number in range(MAX_PARAMETERS + 1)})
    page.get_by_text(text("controls.notice.crowded", "en", limit="1,000")).wait_for()


def test_an_address_that_is_typed_as_a_word_is_no_link(visit: Visit) -> None:
    page = visit("order", lang="en", text="www.evil.com は https://evil.com", other="www.evil.com a@evil.com")
    page.get_by_text("The replacement is one word").wait_for()
    assert page.locator(".stMain a[href*=evil]").count() == 0
