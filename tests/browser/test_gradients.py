"""What a reader does on /gradients, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import torch
from playwright.sync_api import TimeoutError, expect

from rnn_core.messages import text
from rnn_core.models import registry
from rnn_core.models.sentence_spec import SentenceSpec
from rnn_core.models.sentence_way import find_way
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk
from tests.browser.conftest import PATIENCE, settle
from tests.browser.reading import plotted

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

CHART = ".st-key-chart_gradient_norms .js-plotly-plot"
TRIES = 3


WORDS = ("今日", "は", "天気", "が", "良い", "ね")


def guess(page: Page, moves: dict[str, int]) -> None:
    """Move the first ring by keys, then go back to the first word."""
    ring = page.locator(".trails .ring").first
    ring.focus()
    for key, times in moves.items():
        for _ in range(times):
            ring.press(key)
    page.locator(".trails .stage").focus()
    page.keyboard.press("Home")


def test_the_guess_is_made_and_judged_in_the_drawing_and_another_sentence_asks_again(visit: Visit) -> None:
    page = visit("gradients", length="once", lang="en")
    finding = page.locator(".trails .finding")
    expect(page.locator(".trails .ring")).to_have_count(5)
    guess(page, {"ArrowDown": 2, "PageDown": 1})  # moves of a quarter: 10^−1.75, and 10^−1.76 of the RNN's is left
    expect(finding).to_contain_text(text("predict.verdict.right", "en"))
    page.wait_for_url("**curve=-1.75_0_0_0_0**")
    page.get_by_role("button", name=text("predict.again", "en")).first.click()
    page.wait_for_url(lambda url: "curve" not in parse_qs(urlsplit(url).query))
    guess(page, {"ArrowUp": 1})
    expect(finding).to_contain_text(text("predict.verdict.wrong", "en"))
    page.wait_for_url("**curve=0.25_0_0_0_0**")
    page.locator('.trails .cells [data-cell="lstm"]').click()  # has no guess, and stays revealed
    page.wait_for_url("**whose=lstm**")
    page.locator('.trails .cells [data-cell="rnn"]').click()
    page.wait_for_url("**curve=0.25_0_0_0_0**")
    field = page.get_by_role("textbox", name="Sentence")
    field.fill("今日は暑い")
    field.press("Enter")
    expect(finding).to_have_text(text("gradient_trails.say_before", "en"))
    expect(page.locator(".trails .ring").first).to_be_visible()


def test_a_ring_is_moved_with_the_pointer_and_played_over(visit: Visit) -> None:
    page = visit("gradients", length="once", width=390)
    hit = page.locator(".trails .field-hit")
    hit.scroll_into_view_if_needed()
    box = hit.bounding_box()
    assert box
    page.mouse.move(box["x"] + 16, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 16, box["y"] + 120, steps=4)
    page.mouse.up()
    page.locator(".trails .play").click()
    page.wait_for_url("**curve=-**", timeout=3 * PATIENCE)


def test_the_drawing_shows_what_the_library_computes_at_every_word(visit: Visit) -> None:
    page = visit("gradients", length="once", curve="skip", lang="en")
    found = {
        cell: find_way(SentenceSpec(model=ModelSpec(cell=cell, hidden=16), words=WORDS, at=5, output="そうだね!")).way
        for cell in CELLS
    }
    page.locator(".trails .stage").focus()
    for step, key in ((0, "Home"), (1, "ArrowRight"), (0, "ArrowLeft"), (4, "End")):
        page.keyboard.press(key)
        if key == "End":
            page.keyboard.press("ArrowLeft")
        for cell in CELLS:
            tag = page.locator(f'.trails .tag[data-cell="{cell}"]:not(.road-tag)').text_content() or ""
            assert float(tag.removeprefix(cell.upper())) == pytest.approx(10 ** found[cell].decades[step], rel=0.06)
        most = float(found["rnn"].stretch[step, 0])
        assert f"Largest stretch × {most:.2f}" in page.locator(".trails .tells").inner_text()


def click_until_moved(page: Page, share: float) -> int:
    """Click a point of the chart, at this share of its width, until the loss is there; at which word that is.

    Where Plotly, still drawing, has dropped pointer or click, once more, as a reader would, at where the chart is then.
    """
    for _ in range(TRIES):
        settle(page)
        plot = page.locator(f"{CHART} .nsewdrag").first
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        assert box
        # Straight over a word: Plotly clicks at what it has shown last, some ms behind the pointer.
        word, across = page.evaluate(
            f"""() => {{
                const axis = document.querySelector('{CHART}')._fullLayout.xaxis;
                const word = Math.round(axis.p2c({box["width"] * share}));
                return [word, axis.c2p(word)];
            }}"""
        )
        x, y = box["x"] + across, box["y"] + 80
        page.mouse.move(x - 3, y)
        page.mouse.move(x, y)
        try:
            shown = f"{CHART} .hoverlayer .legend, {CHART} .hoverlayer .hovertext"
            page.wait_for_selector(shown, timeout=PATIENCE / TRIES)
            page.mouse.click(x, y)
            page.get_by_text(f"unit 1 of h after word {word}").wait_for(timeout=PATIENCE / TRIES)
        except TimeoutError:
            continue
        return int(word)
    pytest.fail(f"the loss has not moved after {TRIES} clicks")


def test_a_click_in_the_chart_puts_the_loss_there(visit: Visit) -> None:
    page = visit("gradients", length="60", curve="skip", lang="en", part="norms")
    words = [click_until_moved(page, share) for share in (0.6, 0.8)]
    query = parse_qs(urlsplit(page.url).query)
    assert (query["loss"], query["read"]) == (["unit"], [str(words[-1])])


def test_the_maps_in_the_browser_are_autograds(visit: Visit) -> None:
    page = visit("gradients", length="once", curve="skip", part="influence")
    words = torch.tensor(smalltalk.vocabulary().encode(("今日", "は", "天気", "が", "良い", "ね")))
    for cell in CELLS:
        model = registry.RECURRENT.load(ModelSpec(cell=cell, hidden=16)).double()
        jacobian = torch.autograd.functional.jacobian(  # (T, H, T, E)
            lambda x, model=model: model.recurrent(x)[0], model.embedding(words).detach()
        )
        drawn = plotted(page, f"influence_{cell}", "customdata")
        np.testing.assert_allclose(drawn, jacobian.norm(dim=(1, 3)).numpy(), rtol=1e-6)
