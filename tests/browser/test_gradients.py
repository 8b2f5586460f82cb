"""The curve that a reader draws on /gradients, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import torch
from playwright.sync_api import TimeoutError, expect

from rnn_core.models import registry
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


def test_a_curve_is_drawn_with_the_keys_and_then_lies_in_the_chart(visit: Visit) -> None:
    page = visit("gradients", length="once", lang="en")
    handles = page.get_by_role("slider").filter(has=page.locator("circle"))
    expect(handles).to_have_count(5)
    expect(page.get_by_role("button", name="Check my guess")).to_be_disabled()
    handles.first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
    expect(handles.first).to_have_attribute("aria-valuetext", re.compile(r"10\^−0\.50"))
    page.get_by_role("button", name="Check my guess").click()
    expect(page.locator(CHART)).to_be_visible()
    (curve,) = parse_qs(urlsplit(page.url).query)["curve"]
    assert curve == "_".join(["-0.5"] * 5)


def test_a_guess_is_judged_and_asked_again_with_another_sentence(visit: Visit) -> None:
    page = visit("gradients", length="once", lang="en")
    for verdict, drops in (("Correct", 4), ("Not quite", 0)):  # notches of 0.5; 10^−1.76 of the RNN's gradient is left
        handles = page.get_by_role("slider").filter(has=page.locator("circle"))
        expect(handles).to_have_count(5)
        handles.last.focus()
        for _ in range(5):
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowUp")
            page.keyboard.press("ArrowLeft")
        handles.first.focus()
        for _ in range(drops):
            page.keyboard.press("ArrowDown")
        page.get_by_role("button", name="Check my guess").click()
        expect(page.locator(".verdict")).to_contain_text(verdict)
        expect(page.locator(CHART)).to_be_visible()
        if drops:
            page.get_by_role("button", name="Guess again").first.click()
    field = page.get_by_role("textbox", name="Sentence")
    field.fill("今日は暑い")
    field.press("Enter")
    expect(page.get_by_role("button", name="Check my guess")).to_be_visible()
    expect(page.locator(".verdict")).to_have_count(0)


def test_a_curve_is_drawn_with_the_pointer(visit: Visit) -> None:
    page = visit("gradients", length="once", width=390)
    paper = page.locator(".curve .paper")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + 120)
    page.mouse.down()
    for step in range(80):
        page.mouse.move(box["x"] + box["width"] * (0.95 - 0.0095 * step), box["y"] + 120 + step)
    page.mouse.up()
    page.get_by_role("button", name="この予想で決める").click()
    expect(page.locator(CHART)).to_be_visible()


def click_until_moved(page: Page, share: float) -> int:
    """Click a point of the chart, at this share of its width, until the loss is there; at which word that is.

    Where Plotly, still drawing, has dropped the click, once more, as a reader would, at where the chart is by then.
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
        page.wait_for_selector(f"{CHART} .hoverlayer .legend, {CHART} .hoverlayer .hovertext")
        page.mouse.click(x, y)
        try:
            page.get_by_text(f"unit 1 of h after word {word}").wait_for(timeout=PATIENCE / TRIES)
        except TimeoutError:
            continue
        return int(word)
    pytest.fail(f"the loss has not moved after {TRIES} clicks")


def test_a_click_in_the_chart_puts_the_loss_there(visit: Visit) -> None:
    page = visit("gradients", length="60", curve="skip", lang="en")
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
