from __future__ import annotations

import subprocess
import sys
from base64 import b64decode
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from streamlit.proto.BackMsg_pb2 import BackMsg

import rnn_core as rc
from rnn_core import forgetting
from rnn_core.messages import text
from rnn_core.models.model_trace import PRETRAINED
from rnn_core.tasks import smalltalk
from tests.browser.conftest import settle
from tests.browser.reading import address, overheard, plotted
from tests.browser.resting import play_until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
STATE = rc.QUANTITIES.state("lstm").key
WORDS = ("今日", "は", "天気", "が", "良い", "ね")
# Three moves in one task of the browser: a slow machine puts no rest between them.
MOVED = """slider => {
    for (const step of ["4", "3", "2"]) {
        slider.value = step;
        slider.dispatchEvent(new Event("input"));
    }
}"""
REST = 250  # ms after which the browser reports where the reader rests


def fused(cell: str, hidden: int, words: tuple[str, ...] = WORDS) -> np.ndarray:
    """h (units × steps) from torch's own layer and the shipped file, and nothing of ours in between."""
    weights = load_file(PRETRAINED / f"smalltalk-{cell}-{hidden}-seed0.safetensors")
    layer = getattr(torch.nn, cell.upper())(weights["embedding.weight"].shape[1], hidden)
    layer.load_state_dict({name[10:]: w for name, w in weights.items() if name.startswith("recurrent.")})
    with torch.inference_mode():
        return layer(weights["embedding.weight"][list(smalltalk.vocabulary().encode(words))])[0].T.numpy()


def waited(page: Page, key: str, what: str) -> None:
    """Wait until `what` is true of the first trace of a chart."""
    page.wait_for_function(
        f"() => document.querySelector('.st-key-chart_{key} .js-plotly-plot')?._fullData?.[0]?.{what}"
    )


@pytest.mark.parametrize(("cell", "hidden"), [("rnn", 8), ("lstm", 16), ("gru", 64)])
def test_the_charts_hold_the_numbers_of_torch(visit: Visit, cell: str, hidden: int) -> None:
    page = visit("cell", cell=cell, hidden=str(hidden), guess="skip")
    h = fused(cell, hidden)
    np.testing.assert_allclose(plotted(page, STATE, "z"), h, atol=1e-6)
    steps = np.diff(h.astype(np.float64), axis=1, prepend=0)
    np.testing.assert_allclose(plotted(page, "movement", "y"), np.linalg.norm(steps, axis=0), rtol=1e-5)


def test_a_link_opens_at_its_step_and_unit(visit: Visit) -> None:
    gate = rc.QUANTITIES.of("gru")[0]
    page = visit("cell", lang="en", cell="gru", hidden="8", t="2", unit="5", quantity=gate.key)
    assert page.locator(".st-key-circuit input[type=range]").input_value() == "2"
    assert text("circuit.unit", "en", unit=5) in page.locator(".st-key-circuit .unit output").inner_text()
    assert page.locator(".st-key-circuit button.label[aria-pressed=true]").get_attribute("data-q") == gate.key
    recorded = rc.run(rc.ModelSpec(cell="gru", hidden=8), WORDS).layer()
    np.testing.assert_allclose(plotted(page, gate.key, "z"), recorded[gate.key].T, atol=1e-6)
    (kept, _) = rc.QUANTITIES[STATE].forms["gru"].parts
    np.testing.assert_allclose(plotted(page, "ledger", "y"), recorded[kept][:, 4], atol=1e-6)


@pytest.mark.parametrize(("lang", "cell"), [("en", "lstm"), ("ja", "gru"), ("en", "rnn")])
def test_the_first_screen_says_what_the_gates_do_and_a_column_s_head_picks_its_word(
    visit: Visit, lang: str, cell: str
) -> None:
    page = visit("cell", lang=lang, cell=cell)
    page.set_viewport_size({"width": 1280, "height": 720})
    settle(page)
    said = page.get_by_text(text(f"cell.gates.{cell}", lang)).bounding_box()
    transport = page.locator(".st-key-circuit .transport").bounding_box()
    assert said
    assert transport
    assert said["y"] + said["height"] < transport["y"] + transport["height"] <= 720
    legends = page.locator(".st-key-circuit .legends").inner_text()
    for row in rc.QUANTITIES.of(cell):
        if row.gate:
            assert text(f"quantities.{row.key}.low", lang) in legends
            assert text(f"quantities.{row.key}.high", lang) in legends
    page.locator(".cellview .tokens button").nth(1).click()
    page.wait_for_url("**t=2**")
    signs = page.locator(".cellview .equations .symbol")
    assert signs.all_inner_texts() == ([] if cell == "rnn" else ["σ", "⊙"])
    for sign in signs.all():
        sign.focus()
        assert (
            sign.evaluate("one => getComputedStyle(one, '::after').content") == f'"{sign.get_attribute("aria-label")}"'
        )


def test_a_control_runs_its_page_alone(visit: Visit) -> None:
    page = visit("cell", lang="en")
    network = page.context.new_cdp_session(page)
    sent: list[bytes] = []
    network.on("Network.webSocketFrameSent", lambda event: sent.append(b64decode(event["response"]["payloadData"])))
    network.send("Network.enable")
    page.locator(".st-key-hidden").get_by_role("radio", name="32").click()
    waited(page, STATE, "z.length === 32")
    network.detach()
    runs = [message.rerun_script for message in map(BackMsg.FromString, sent) if message.HasField("rerun_script")]
    assert [bool(run.fragment_id) for run in runs] == [True]
    assert address(page)["hidden"] == "32"
    page.locator(".st-key-lang").get_by_text("日本語").click()  # what is outside of the page runs all
    page.locator("h1.question[lang=ja]").wait_for()
    assert address(page)["hidden"] == "32"


def test_nothing_is_sent_while_the_sentence_plays_and_one_message_when_it_rests(visit: Visit) -> None:
    page = visit("cell", lang="en", unit="3")
    with overheard(page) as sent:
        play_until(page.locator(".st-key-circuit"), 3, MOVED)
        page.wait_for_url("**t=2**")
        settle(page)
        page.wait_for_timeout(2 * REST)
        assert sent == ["a message"]
    assert address(page)["unit"] == "3"


def test_another_unit_in_the_drawing_is_another_ledger(visit: Visit) -> None:
    page = visit("cell", lang="en", hidden="8")
    page.locator(".st-key-circuit").get_by_role("button", name=text("circuit.down", "en")).click()
    page.wait_for_url("**unit=2**")
    settle(page)
    recorded = rc.run(rc.ModelSpec(cell="lstm", hidden=8), WORDS).layer()
    (kept, _) = rc.QUANTITIES["cell_state"].forms["lstm"].parts
    np.testing.assert_allclose(plotted(page, "ledger", "y"), recorded[kept][:, 1], atol=1e-6)
    assert page.get_by_label(text("controls.unit.label", "en"), exact=True).input_value() == "2"


def test_the_whole_page_is_reached_and_answered_by_keyboard(visit: Visit) -> None:
    page = visit("cell", lang="en")
    wanted = {
        "text",
        "cell",
        "hidden",
        "more",
        "circuit",
        "guess",
        "skip_guess",
        "quantity",
        "unit",
        "hold",
        "contrast_lstm",
    }
    wanted |= {"edit", "take_whole", f"take_{STATE}"}
    seen: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        keys = page.evaluate(
            "(document.activeElement.closest('[class*=st-key-]')?.className ?? '').match(/st-key-[a-z_]+/g) ?? []"
        )
        seen += [key.removeprefix("st-key-") for key in keys]
    assert wanted <= set(seen), wanted - set(seen)
    page.locator(".st-key-guess button").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_url("**guess=2**")
    settle(page)
    assert plotted(page, "movement", "y").shape == (6,)
    page.locator(".st-key-contrast_lstm button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**hold=forget_gate**")
    settle(page)
    page.locator(".st-key-value input[type=range], .st-key-value [role=slider]").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**value=0.05**")


def test_the_contrast_shows_both_sides_and_what_became_of_the_reply(visit: Visit) -> None:
    page = visit("cell", lang="ja")
    page.locator(".st-key-contrast_lstm button").click()
    waited(page, f"{STATE}_clamped", "z")
    settle(page)
    before, after = (
        rc.run(forgetting.network("lstm"), forgetting.WORDS, clamps) for clamps in ((), (forgetting.shut("lstm"),))
    )
    for suffix, trace in (("", before), ("_clamped", after)):
        h = trace.layer()[STATE]
        np.testing.assert_allclose(plotted(page, f"{STATE}{suffix}", "z"), h.T, atol=1e-6)
    np.testing.assert_allclose(plotted(page, STATE, "z"), fused("lstm", 16, forgetting.WORDS), atol=1e-6)
    said = " ".join(page.locator("p.finding").all_inner_texts())
    assert f"「{before.reply.text}」は" in said
    assert f"「{after.reply.text}」" in said
    assert page.locator(".reply").first.inner_text().startswith(after.reply.text)
    clamped = plotted(page, f"{STATE}_clamped", "z")
    page.goto(page.url)  # in a session of its own
    settle(page)
    np.testing.assert_allclose(plotted(page, f"{STATE}_clamped", "z"), clamped)


def test_a_word_is_replaced_and_then_removed(visit: Visit) -> None:
    page = visit("cell", lang="en")
    key = f"difference_{STATE}_edited"
    page.locator(".st-key-edit").get_by_text("天気").click()
    waited(page, key, "y")
    settle(page)
    assert np.isnan(plotted(page, key, "y")[2])  # removed: the word has no partner
    field = page.get_by_label(text("controls.into.label", "en"))
    field.fill("雨")
    field.press("Enter")
    page.wait_for_url("**into=%E9%9B%A8**")
    settle(page)
    gaps = np.linalg.norm((fused("lstm", 16) - fused("lstm", 16, ("今日", "は", "雨", *WORDS[3:]))), axis=0)
    np.testing.assert_allclose(plotted(page, key, "y"), gaps, atol=1e-5)


def test_the_script_that_is_taken_home_prints_the_numbers_of_the_chart(visit: Visit, tmp_path: Path) -> None:
    page = visit("cell", lang="en", hidden="8", cell="gru")
    page.locator(".st-key-take_whole button").first.click()
    for name in ("kioku.py", "kioku.safetensors"):
        with page.expect_download() as got:
            page.get_by_role("button", name=name).click()
        got.value.save_as(tmp_path / got.value.suggested_filename)
    command = [sys.executable, "-I", str(tmp_path / "kioku.py")]
    out = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    lines = out.split(f"{STATE}\n", 1)[1].splitlines()[: len(WORDS)]
    printed = np.array([[float(value) for value in line.split()[1:]] for line in lines])
    np.testing.assert_allclose(printed.T, plotted(page, STATE, "z"), atol=1e-6)


def test_holding_a_quantity_moves_nothing_and_keeps_the_focus_and_so_do_the_charts_that_stay(visit: Visit) -> None:
    page = visit("cell", lang="en")
    page.locator(".st-key-chart_ledger .js-plotly-plot").evaluate("chart => { chart.dataset.kept = 'yes'; }")
    page.locator(".st-key-skip_guess button").click()
    page.locator(".st-key-chart_movement .js-plotly-plot").wait_for()
    settle(page)
    assert page.locator(".st-key-chart_ledger .js-plotly-plot").get_attribute("data-kept") == "yes"
    held, at = page.locator(".st-key-hold"), "hold => Math.round(hold.getBoundingClientRect().top)"
    held.scroll_into_view_if_needed()
    before = held.evaluate(at)
    held.locator("input").first.click()
    for key in ("ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.locator(".st-key-chart_difference_clamped, [class*=_clamped] .js-plotly-plot").first.wait_for()
    settle(page)
    assert held.evaluate(at) == before
    assert page.evaluate("() => !!document.activeElement.closest('.st-key-hold')")
