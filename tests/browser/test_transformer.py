from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from rnn_core import parallelism
from rnn_core.models import registry, shuffle
from rnn_core.parallelism import COST_MODELS, LENGTHS
from rnn_core.specs import TransformerSpec
from rnn_core.tasks import smalltalk
from tests.browser.conftest import settle
from tests.browser.reading import address, plotted

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
WORDS = ("今日", "は", "天気", "が", "良い", "ね")
SPEC = TransformerSpec(hidden=32)
ENOUGH = 60_000  # ms that a whole measurement may take on a busy machine


def lines(page: Page, key: str) -> list[list[float]]:
    """The y of every line of a chart in the browser."""
    found: list[list[float]] = page.evaluate(
        """key => document.querySelector(`.st-key-chart_${key} .js-plotly-plot`)._fullData.map(t => Array.from(t.y))""",
        key,
    )
    return found


def measured(page: Page) -> int:
    """How many points of training are drawn."""
    return sum(map(len, lines(page, "time_training")))


def unfold(page: Page, part: str) -> None:
    """Open a folded part, and wait for its pictures."""
    page.locator(f".st-key-{part} summary").click()
    page.locator(f".st-key-{part} .js-plotly-plot").first.wait_for()
    settle(page)


def test_the_charts_hold_the_numbers_of_torch(visit: Visit) -> None:
    page = visit("transformer", guess_permutation="skip")
    unfold(page, "states")
    unfold(page, "other_side")
    model = registry.family_of(SPEC).load(SPEC)
    with torch.inference_mode():
        first = model.blocks[0](model.placed(torch.tensor([smalltalk.vocabulary().encode(WORDS)])))
        weights = model.blocks[1].weights(first)[0].numpy()  # (heads, T, T)
        states = model.blocks[1](first)[0].numpy()
    for head in range(SPEC.heads):
        np.testing.assert_allclose(plotted(page, f"attention_head{head + 1}", "customdata"), weights[head], atol=1e-6)
    np.testing.assert_allclose(plotted(page, "hidden_state", "z"), states.T, atol=1e-5)
    moved = plotted(page, "word_moves", "customdata")
    places = shuffle.order(len(WORDS), 1)
    for row, (positions, causal) in zip(
        moved, [(True, True), (True, False), (False, True), (False, False)], strict=True
    ):
        found = shuffle.compare_orders(
            TransformerSpec(hidden=32, positions=positions), WORDS, places, "猫", causal=causal
        )
        np.testing.assert_allclose(row, found.moved, rtol=1e-6)
    assert (moved[3] == 0).all()
    for key, count in (("multiply_adds", parallelism.multiply_adds), ("numbers_kept", parallelism.stored_numbers)):
        assert lines(page, key) == [[count(cell, words) for words in LENGTHS] for cell in COST_MODELS]


def test_the_marks_follow_the_player_and_the_step_is_in_the_link(visit: Visit) -> None:
    page = visit("transformer", lang="en")
    unfold(page, "states")
    page.locator(".transport button").first.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => location.search.includes('t=5')")
    settle(page)
    marks = page.evaluate(
        """() => ["attention_head1", "hidden_state"].map(key => {
            const chart = document.querySelector(`.st-key-chart_${key} .js-plotly-plot`);
            return chart.layout.shapes.find(shape => shape.name === "cursor");
        })"""
    )
    assert (marks[0]["y0"], marks[0]["y1"]) == (4.5, 5.5)
    assert (marks[1]["x0"], marks[1]["x1"]) == (4.5, 5.5)


def test_the_first_point_comes_soon_and_a_measurement_can_be_stopped_and_done(visit: Visit) -> None:
    page = visit("transformer", lang="en", guess_crossover="4")
    assert page.locator(".st-key-chart_time_training").count() == 0
    page.locator(".st-key-skip_guess_crossover_lstm button").click()  # who answers starts the measurement
    page.wait_for_function(
        "() => document.querySelector('.st-key-chart_time_training .js-plotly-plot')?._fullData?.length > 0"
    )
    page.locator(".st-key-race_stop button").click()
    page.get_by_text(re.compile(r"^Stopped after \d+ of 28 ")).wait_for()
    settle(page)
    assert 0 < measured(page) < 28
    page.locator(".st-key-race_start button").click()
    page.get_by_text(re.compile(r"^Your measurement of \d\d:\d\d: 28 of 28")).wait_for(timeout=ENOUGH)
    settle(page)
    assert [len(line) for line in lines(page, "time_training")] == [len(LENGTHS)] * len(COST_MODELS)
    assert min(map(min, lines(page, "time_training"))) > 0
    assert page.locator(".verdict").count() == 1
    assert page.get_by_text("▼ GRU").is_visible()
    page.goto(page.url)  # in a session of its own, which has measured nothing
    settle(page)
    assert measured(page) == 0


def test_a_shuffle_is_in_the_link_and_stays(visit: Visit) -> None:
    page = visit("transformer", lang="en", turn="3", guess_permutation="4")
    assert page.locator(".verdict.right").is_visible()
    assert address(page)["turn"] == "3"
    before = page.locator(".reading").last.inner_text()
    page.reload()
    settle(page)
    assert page.locator(".reading").last.inner_text() == before
    page.locator(".st-key-again_guess_permutation button").click()
    page.locator(".st-key-guess_permutation button").first.click()
    page.locator(".verdict.wrong").wait_for()
    page.locator(".st-key-examples button, .st-key-example button").nth(1).click()  # another sentence asks again
    page.locator(".st-key-skip_guess_permutation").wait_for()
    assert page.locator(".verdict").count() == 0
