"""The decoding, its map and the strip for the guess on /attention and /translation, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from rnn_core.messages import text
from rnn_core.specs import KATAKANA_HIDDEN, TranslatorSpec
from rnn_core.translation.decoding import translate
from tests.browser.conftest import settle
from tests.browser.reading import address, overheard, plotted
from tests.browser.resting import play_until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
SOURCE = ("今日", "は", "天気", "が", "良い", "ね")
DRAWING = ".st-key-decoding"
CURSOR = """() => { const chart = document.querySelector('.st-key-chart_attention .js-plotly-plot');
  const index = chart.layout.shapes.findIndex(shape => shape.name === 'cursor');
  return chart.querySelector(`.shapelayer path[data-index="${index}"]`).getBoundingClientRect().y; }"""

PAUSED = "slider => slider.getRootNode().querySelector('button.play').click()"


def spec(attention: str = "additive", size: int = 48) -> TranslatorSpec:
    return TranslatorSpec(task="phrases", attention=attention, hidden=size)


def step(page: Page) -> str:
    return page.locator(f"{DRAWING} input[type=range]").input_value()


@pytest.mark.parametrize(("attention", "size"), [("additive", 48), ("dot", 24)])
def test_the_map_in_the_browser_is_the_cores(visit: Visit, attention: str, size: int) -> None:
    page = visit("attention", attention=attention, hidden=str(size), guess_accuracy="skip", t="2")
    trace = translate(spec(attention, size), SOURCE)
    (layer,) = trace.attention
    np.testing.assert_allclose(plotted(page, "attention", "z"), layer["attention"][:, 0], atol=1e-6)
    np.testing.assert_allclose(plotted(page, "context", "z")[:, -1], layer["context"][1, 0], atol=1e-6)


def test_every_head_of_the_foreign_network_is_the_cores(visit: Visit) -> None:
    page = visit("translation", english="weather", head="3", guess_spelling="skip")
    (layer,) = translate(
        TranslatorSpec(task="katakana", attention="dot", hidden=KATAKANA_HIDDEN), tuple("weather")
    ).attention
    np.testing.assert_allclose(plotted(page, "attention", "z"), layer["attention"][:, 2], atol=1e-6)


def test_nothing_is_sent_while_it_plays_and_one_message_when_it_rests(visit: Visit) -> None:
    page = visit("translation", lang="en", english="tea", guess_spelling="skip", t="4")
    before = page.evaluate(CURSOR)
    with overheard(page) as sent:
        play_until(page.locator(DRAWING), 3, PAUSED)
        assert page.evaluate(CURSOR) < before
        page.wait_for_url("**&t=3&**")
        settle(page)
        assert sent == ["a message"]


def test_the_keys_move_along_the_written_words_and_a_word_can_be_clicked(visit: Visit) -> None:
    page = visit("translation", lang="ja", english="tokyo", guess_spelling="skip", t="1")
    stage = page.locator(f"{DRAWING} .stage")
    stage.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert step(page) == "3"
    page.keyboard.press("Home")
    assert step(page) == "1"
    page.keyboard.press("End")
    expect(page.locator(f"{DRAWING} .live")).to_contain_text("⏎")
    page.locator(f"{DRAWING} .written[data-step='2']").click()
    page.wait_for_url("**&t=2&**")
    settle(page)
    assert "キ" in str(page.locator(f"{DRAWING} .picture").get_attribute("aria-label"))


def test_a_guess_is_drawn_with_the_keys_and_then_lies_in_the_chart(visit: Visit) -> None:
    page = visit("attention", lang="en")
    handles = page.locator(".st-key-predict_curve [role=slider]")
    expect(handles).to_have_count(8)
    handles.first.focus()
    for _ in range(8):
        page.keyboard.press("PageDown")
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name=text("accuracy_curve.commit", "en")).click()
    page.locator(".st-key-chart_bottleneck .js-plotly-plot .main-svg").first.wait_for()
    drawn = [float(share) for share in address(page)["guess_accuracy"].split("_")]
    assert len(drawn) == 8
    np.testing.assert_allclose(plotted(page, "bottleneck", "y")[1:], np.array(drawn) / 100)
    expect(page.locator(".verdict.wrong")).to_have_count(1)
    page.get_by_text(text("controls.task.names", "en"), exact=True).click()  # of another task it is asked again
    expect(page.locator(".st-key-predict_curve [role=slider]")).to_have_count(5)
    expect(page.locator(".verdict")).to_have_count(0)


def test_a_spelling_is_guessed_right_and_wrong(visit: Visit) -> None:
    page = visit("translation", lang="en")
    page.locator(".st-key-guess_spelling button", has_text="トキオ (tokio)").click()
    expect(page.locator(".verdict.right")).to_have_count(1)
    page.get_by_role("button", name=text("predict.again", "en")).click()
    page.locator(".st-key-guess_spelling button", has_text="トクヨ (tokuyo)").click()
    expect(page.locator(".verdict.wrong")).to_have_count(1)


def test_reduced_motion_still_steps(visit: Visit) -> None:
    page = visit("translation", english="tea", guess_spelling="skip", t="1")
    page.emulate_media(reduced_motion="reduce")
    page.locator(f"{DRAWING} .stage").focus()
    page.keyboard.press("ArrowRight")
    assert step(page) == "2"
    moved = page.locator(f"{DRAWING} .mix").evaluate("node => getComputedStyle(node).transitionDuration")
    assert moved == "0s"


def test_a_size_belongs_to_the_chapter_where_it_was_chosen(visit: Visit) -> None:
    page = visit("cell", lang="en", hidden="16", t="3")
    for section, chapter, size, place in (
        ("attention", "attention", "48", None),
        ("attention", "transformer", "32", "3"),
        ("inside", "cell", "16", "3"),
    ):
        page.locator("[data-testid=stTopNavSection]", has_text=text(f"ui.section.{section}", "en")).click()
        link = page.locator("[data-testid=stTopNavDropdownLink]", has_text=text(f"{chapter}.title", "en"))
        link.first.click()
        page.wait_for_url(f"**/{chapter}?**&hidden={size}&**")
        settle(page)
        assert address(page).get("t") == place
        assert page.locator("[data-testid=stAlert]").count() == 0
