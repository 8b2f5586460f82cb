from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from rnn_core import QUANTITIES, ModelSpec, contrasts
from rnn_core.figures import Theme
from rnn_core.messages import text
from rnn_core.models import registry
from rnn_core.tasks import smalltalk
from tests.browser.conftest import settle, speak
from tests.browser.reading import address, plotted

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site, Visit

pytestmark = pytest.mark.browser
STATE = QUANTITIES.state("lstm").key
WORDS = ("今日", "は", "天気", "が", "良い", "ね")


def drawn(page: Page, what: str) -> None:
    """Wait until `what` is true of the state's heatmap."""
    page.wait_for_function(
        f"() => document.querySelector('.st-key-chart_{STATE} .js-plotly-plot')?._fullData?.[0]?.{what}"
    )


def fused(spec: ModelSpec, words: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """h (units × steps) and the last distribution, from torch's own layers and nothing of ours in between."""
    model = registry.family_of(spec).load(spec)
    with torch.inference_mode():
        inputs = model.embedding(torch.tensor([smalltalk.vocabulary().encode(words)]))
        h, _ = model.recurrent(inputs)
        return h[0].T.numpy(), torch.softmax(model.readout(h[0, -1]), dim=-1).numpy()


def test_the_first_visitor_of_a_cold_server_arrives_by_a_deep_link(site: Site) -> None:
    assert site.errors == []
    assert "cell=gru" in site.first_url
    assert "hidden=8" in site.first_url
    assert "stException" not in site.first_html
    assert "st-key-chart_" in site.first_html
    assert '<html lang="ja"' in site.first_html


@pytest.mark.parametrize(("cell", "hidden"), [("rnn", 8), ("lstm", 16), ("gru", 64)])
def test_the_chart_holds_the_numbers_of_torch(visit: Visit, cell: str, hidden: int) -> None:
    page = visit(cell=cell, hidden=str(hidden))
    h, distribution = fused(ModelSpec(cell=cell, hidden=hidden), WORDS)
    np.testing.assert_allclose(plotted(page, STATE, "z"), h, atol=1e-6)
    bars = plotted(page, "next_word", "x")
    np.testing.assert_allclose(bars, np.sort(distribution)[::-1][: len(bars)], atol=1e-6)


def test_a_reload_keeps_everything(visit: Visit) -> None:
    page = visit(cell="rnn", hidden="32", text="今日は暑い", lang="en")
    before, z = page.url, plotted(page, STATE, "z")
    page.reload()
    settle(page)
    assert page.url == before
    np.testing.assert_array_equal(plotted(page, STATE, "z"), z)
    assert page.get_by_label(text("controls.text.label", "en")).input_value() == "今日は暑い"


def test_the_language_follows_the_browser_and_can_be_changed(visit: Visit) -> None:
    page = visit(locale="en-GB")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.get_by_role("heading", level=1).inner_text() == text("home.question", "en")
    speak(page, "ja")
    assert page.get_by_role("heading", level=1).inner_text() == text("home.question", "ja")
    assert address(page)["lang"] == "ja"


def test_the_charts_follow_the_theme_while_the_page_is_open(visit: Visit) -> None:
    page = visit(scheme="light")
    for mode in ("dark", "light", "dark"):
        page.emulate_media(color_scheme=mode)
        page.wait_for_function(
            "paper => document.querySelector('.js-plotly-plot')?._fullLayout?.paper_bgcolor === paper",
            arg=Theme(mode)["bg"],
        )


def test_back_and_forward_go_through_the_states(visit: Visit) -> None:
    page = visit(lang="en", hidden="16")
    page.get_by_role("radio", name="64", exact=True).click()
    page.wait_for_url("**hidden=64**")
    settle(page)
    page.go_back()
    page.wait_for_url("**hidden=16**")
    drawn(page, "z.length === 16")
    page.go_forward()
    page.wait_for_url("**hidden=64**")
    drawn(page, "z.length === 64")


def test_typing_a_sentence_and_taking_an_example(visit: Visit) -> None:
    page = visit(lang="ja")
    field = page.get_by_label(text("controls.text.label", "ja"))
    field.fill("<img src=x onerror=alert(1)>今日")
    field.press("Enter")
    page.wait_for_url("**onerror**")
    settle(page)
    assert page.locator("img[src=x]").count() == 0
    page.get_by_role("radio", name="犬が人を噛む").click()
    drawn(page, "z[0].length === 5")
    assert address(page)["text"] == "犬が人を噛む"


def test_a_bad_address_is_said_and_a_whole_one_written(visit: Visit) -> None:
    page = visit(lang="en", hidden="7", cell="cnn", seed="nan", foo="1")
    alerts = page.get_by_test_id("stAlert")
    assert alerts.count() == 4
    assert "7" in alerts.all_inner_texts()[2] + alerts.all_inner_texts()[1]
    written = address(page)
    assert (written["hidden"], written["cell"], written["seed"]) == ("16", "lstm", "0")
    assert "foo" not in written


def test_what_can_be_taken_away_is_there_when_asked_for(visit: Visit) -> None:
    page = visit(lang="en")
    page.locator(f".st-key-take_{STATE} button").click()
    table = page.locator("table.numbers")
    table.wait_for()
    assert table.locator("tbody tr").count() == len(WORDS)
    assert page.get_by_test_id("stCode").inner_text().strip() == page.url
    with page.expect_download() as csv:
        page.get_by_role("button", name="CSV").click()
    assert csv.value.suggested_filename == f"kioku-{STATE}.csv"
    h, _ = fused(ModelSpec(cell="lstm", hidden=16), WORDS)
    head, *rows = (line.split(",") for line in csv.value.path().read_text(encoding="utf-8-sig").splitlines())
    units = [place for place, name in enumerate(head) if name.startswith("unit")]
    np.testing.assert_allclose([[float(row[place]) for place in units] for row in rows], h.T, atol=1e-6)
    with page.expect_download() as png:
        page.get_by_role("button", name="PNG").click()
    assert png.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_network_that_reads_the_contrast_comes_into_view_at_the_first_word(visit: Visit) -> None:
    page = visit(lang="en", cell="gru")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.locator(".st-key-show_forgotten_rnn button").click()
    page.wait_for_url("**t=1**")
    settle(page)
    page.wait_for_function(
        """() => {
            const box = document.querySelector('.st-key-unrolled').getBoundingClientRect();
            return box.top >= 0 && box.bottom - box.top > 0 && box.top + 300 < innerHeight;
        }"""
    )
    first = page.locator(".st-key-unrolled").get_by_text("僕", exact=True).first.bounding_box()
    assert first
    assert 0 <= first["x"] < 1280
    assert 0 <= first["y"] < 720


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_dozen_words_and_one_stand_on_a_desk_whole(visit: Visit, lang: str) -> None:
    words = contrasts.forgotten().words
    assert len(words) == 13
    page = visit("", lang=lang, text="".join(words), cell="rnn")
    page.set_viewport_size({"width": 1280, "height": 720})
    settle(page)
    stage = page.locator(".unrolled .stage").first
    room, whole = stage.evaluate("stage => [stage.clientWidth, stage.scrollWidth]")
    assert whole <= room
    first, view = page.locator(".unrolled .step").first.bounding_box(), stage.bounding_box()
    assert first
    assert view
    assert view["x"] <= first["x"]


def test_a_hint_does_not_lie_over_its_word(visit: Visit) -> None:
    page = visit(lang="en", text="今日はズモモが良いね")
    word = page.locator(".step .token", has_text="ズモモ")
    word.hover()
    hint = page.locator(".tip[role=tooltip]")
    hint.wait_for()
    under, over = word.bounding_box(), hint.bounding_box()
    assert under
    assert over
    assert over["y"] >= under["y"] + under["height"] or over["y"] + over["height"] <= under["y"]
