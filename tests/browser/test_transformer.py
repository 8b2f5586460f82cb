from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from rnn_core import parallelism
from rnn_core.messages import text
from rnn_core.models import registry
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
VERDICTS = ("wrong", "right")
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


def test_the_drawing_and_the_charts_hold_the_numbers_of_torch(visit: Visit) -> None:
    page = visit("transformer", guess_permutation="skip", t="4", head="3")
    unfold(page, "states")
    unfold(page, "other_side")
    model = registry.family_of(SPEC).load(SPEC)
    with torch.inference_mode():
        placed = model.placed(torch.tensor([smalltalk.vocabulary().encode(WORDS)]))
        first = model.blocks[0](placed)
        weights = [model.blocks[0].weights(placed)[0, 2, 3], model.blocks[1].weights(first)[0, 2, 3]]  # (T,) each
        states = model.blocks[1](first)[0].numpy()
    said = page.locator(".layers .share").all_text_contents()
    assert said == [share(float(one)) if place < 4 else "" for layer in weights for place, one in enumerate(layer)]
    np.testing.assert_allclose(plotted(page, "hidden_state", "z"), states.T, atol=1e-5)
    for key, count in (("multiply_adds", parallelism.multiply_adds), ("numbers_kept", parallelism.stored_numbers)):
        assert lines(page, key) == [[count(cell, words) for words in LENGTHS] for cell in COST_MODELS]


def share(weight: float) -> str:
    """As the drawing says it: only nothing is 0."""
    said = f"{100 * weight:.0f}"
    return "<1%" if said == "0" and weight > 0 else f"{said}%"


def test_word_head_and_view_are_in_the_link_and_stay(visit: Visit) -> None:
    page = visit("transformer", lang="en")
    unfold(page, "states")
    page.locator(".layers .stage").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("1")
    page.wait_for_function("() => location.search.includes('t=3') && location.search.includes('head=1')")
    settle(page)
    mark = page.evaluate(
        """() => document.querySelector(".st-key-chart_hidden_state .js-plotly-plot").layout.shapes
            .find(shape => shape.name === "cursor")"""
    )
    assert (mark["x0"], mark["x1"]) == (2.5, 3.5)
    page.locator(".layers .views button").nth(2).click()
    page.wait_for_function("() => location.search.includes('scene=generate')")
    settle(page)
    page.reload()
    settle(page)
    assert page.locator(".layers .views button").nth(2).get_attribute("aria-checked") == "true"
    assert (address(page)["t"], address(page)["head"]) == ("3", "1")


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


def test_the_guess_is_made_and_judged_in_the_drawing_and_another_sentence_asks_again(visit: Visit) -> None:
    page = visit("transformer", scene="placed-masked")
    finding = page.locator(".layers .finding")
    ask, verdicts = text("transformer_layers.ask", "ja"), [text(f"predict.verdict.{one}", "ja") for one in VERDICTS]
    assert finding.inner_text() == ask
    assert set(page.locator(".layers .badge text").all_text_contents()) == {"?"}
    for way, verdict in zip((2, 4), verdicts, strict=True):
        page.locator(".layers .pick").nth(way - 1).click()
        finding.filter(has_text=verdict).wait_for()
        page.wait_for_function("way => location.search.includes(`guess_permutation=${way}`)", arg=way)
        settle(page)
        assert page.locator(".layers .mark").nth(way - 1).text_content().endswith("✓" if way == 4 else "✗")
        if way == 2:
            page.locator(".layers .transport .extra").click()
            finding.filter(has_text=ask).wait_for()
    settle(page)
    zero = text("transformer_layers.zero", "ja")
    assert page.locator(".layers .badge text").all_text_contents() == [zero] * len(WORDS)

    page.locator(".st-key-contrast_bite button").click()
    finding.filter(has_text=ask).wait_for()
    settle(page)
    assert "guess_permutation" not in address(page)
    assert page.locator(".layers .word .token").all_text_contents() == ["人", "が", "犬", "を", "噛む"]
    assert page.locator(".verdict, .principle").count() == 0
