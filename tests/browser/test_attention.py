"""Encoder and decoders, their map and the guesses on /attention and /translation, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from bench.browser import at_rest
from bench.stage import DESK, LOWEST, seen
from pages._chapters.attention import SENTENCE
from rnn_core.messages import LANGUAGES, text
from rnn_core.specs import KATAKANA_HIDDEN, TranslatorSpec
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.translation.decoding import translate
from rnn_core.translation.lens import look_into
from tests.browser.conftest import settle
from tests.browser.reading import address, overheard, plotted
from tests.browser.resting import play_until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
SOURCE = TRANSLATIONS["phrases"].tokens(SENTENCE)
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=KATAKANA_HIDDEN)
DRAWING = ".st-key-seq2seq"
CURSOR = """() => { const chart = document.querySelector('.st-key-chart_attention .js-plotly-plot');
  const index = chart.layout.shapes.findIndex(shape => shape.name === 'cursor');
  return chart.querySelector(`.shapelayer path[data-index="${index}"]`).getBoundingClientRect().y; }"""

# What is cut of the names, signs and shares of the networks, and how many shares lie over each other; null while drawn.
CUT = """() => {
    const inside = [...document.querySelectorAll(".st-key-seq2seq *")];
    const host = inside.find(one => one.shadowRoot?.querySelector(".fades"));
    const all = cls => [...host?.shadowRoot.querySelectorAll(cls) ?? []].map(one => one.getBoundingClientRect());
    const [edge] = all(".fades");
    const [signs, shares, names] = ["verdict", "percent", "label"].map(one => all(`.gutter .${one}`));
    if (!edge || shares.length !== 3 || signs.length !== 3) return null;
    return {
        beyond: [...signs, ...shares, ...names].filter(box => box.left < 0 || box.right > edge.left + 1).length,
        touching: signs.filter((sign, row) => sign.right > shares[row].left + 1).length,
        overlaps: all(".share").filter((box, k, boxes) => k && box.left < boxes[k - 1].right).length,
    };
}"""
PAUSED = "slider => slider.getRootNode().querySelector('button.play').click()"


def spec(attention: str = "additive", size: int = 48) -> TranslatorSpec:
    return TranslatorSpec(task="phrases", attention=attention, hidden=size)


def step(page: Page) -> str:
    return page.locator(f"{DRAWING} input[type=range]").input_value()


def numbers(said: str) -> list[float]:
    """Every number with two decimals in a text."""
    return [float(one.replace("−", "-").replace("- ", "-")) for one in re.findall(r"− ?\d+\.\d\d|\d+\.\d\d", said)]


@pytest.mark.parametrize(("attention", "size"), [("additive", 48), ("dot", 24)])
def test_map_and_lens_in_the_browser_are_the_cores(visit: Visit, attention: str, size: int) -> None:
    page = visit("attention", attention=attention, hidden=str(size), guess_accuracy="skip", t="9")
    trace = translate(spec(attention, size), SOURCE)
    (layer,) = trace.attention
    np.testing.assert_allclose(plotted(page, "attention", "z"), layer["attention"][:, 0], atol=1e-6)
    best = int(layer["attention"][8, 0].argmax())
    terms = look_into(trace).terms(8, best)
    largest = sorted(terms, key=abs, reverse=True)[:2]
    said = numbers(str(page.locator(f"{DRAWING} .lens .sum").text_content()))
    np.testing.assert_allclose(said, [*largest, layer["scores"][8, 0, best]], atol=0.006)
    shares = page.locator(f"{DRAWING} .share").all_text_contents()
    assert [one for one in shares if one[0] not in "<≈>"] == [
        f"{100 * share:.0f}%" for share in layer["attention"][8, 0] if 0.005 <= share <= 0.995
    ]


def test_every_head_of_the_foreign_network_is_the_cores(visit: Visit) -> None:
    page = visit("translation", english="weather", head="3", guess_spelling="skip", t="1")
    (layer,) = translate(KATAKANA, tuple("weather")).attention
    np.testing.assert_allclose(plotted(page, "attention", "z"), layer["attention"][:, 2], atol=1e-6)
    said = numbers(str(page.locator(f"{DRAWING} .lens .sum").text_content()))
    best = int(layer["attention"][0, 2].argmax())
    assert abs(said[-1] - layer["scores"][0, 2, best]) < 0.006


def test_nothing_is_sent_while_it_plays_and_one_message_when_it_rests(visit: Visit) -> None:
    page = visit("translation", lang="en", english="tea", guess_spelling="skip", t="4")
    before = page.evaluate(CURSOR)
    with overheard(page) as sent:
        play_until(page.locator(DRAWING), 3, PAUSED)
        assert page.evaluate(CURSOR) < before
        page.wait_for_url("**&t=3&**")
        settle(page)
        assert sent == ["a message"]


def test_the_keys_move_along_the_output_and_over_the_networks(visit: Visit) -> None:
    page = visit("attention", lang="en", guess_accuracy="skip", t="1")
    stage = page.locator(f"{DRAWING} .stage")
    stage.focus()
    for key, place in (("ArrowRight", "2"), ("ArrowRight", "3"), ("Home", "1"), ("End", "14")):
        page.keyboard.press(key)
        assert step(page) == place
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{DRAWING} .name[aria-checked=true] .label")).to_have_text(text("seq2seq.kind.dot", "en"))
    page.wait_for_url("**&attention=dot&**")
    settle(page)
    page.locator(f"{DRAWING} .said[data-kind=additive][data-t='8']").click()
    page.wait_for_url("**&attention=additive&**&t=9&**")
    settle(page)
    assert "teacher" in str(page.locator(f"{DRAWING} .picture").get_attribute("aria-label"))
    before = page.locator(f"{DRAWING} .lens .title").first.text_content()
    stage.focus()
    page.keyboard.press(",")
    assert page.locator(f"{DRAWING} .lens .title").first.text_content() != before


def test_a_word_that_is_hidden_is_another_input_to_all_and_comes_back(visit: Visit) -> None:
    page = visit("attention", lang="en", guess_accuracy="skip")
    card = page.locator(f"{DRAWING} .read").nth(8)
    card.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**&blank=9&**")
    settle(page)
    changed = page.locator(f"{DRAWING} .percent").all_text_contents()
    source = [*SOURCE[:8], "□", *SOURCE[9:]]
    outputs = [[guess.text for guess in translate(spec(kind), source).written] for kind in ("none", "additive", "dot")]
    said = page.locator(f"{DRAWING} .name").evaluate_all("names => names.map(name => name.getAttribute('aria-label'))")
    for line, words, count in zip(said, outputs, changed, strict=True):
        assert line.endswith(" ".join([*words[:-1], "⏎"]))
        assert int(count) >= 0
    assert any(int(count) for count in changed)
    expect(page.locator(f"{DRAWING} .read.gone")).to_have_count(1)
    page.locator(f"{DRAWING} .stage").focus()
    page.keyboard.press("Escape")
    expect(page.locator(f"{DRAWING} .read.gone")).to_have_count(0)
    expect(page.locator(f"{DRAWING} .percent").first).to_contain_text("%")
    card.click()
    page.wait_for_url("**&blank=9&**")
    page.locator(".st-key-contrast_long button").click()
    expect(page.locator(f"{DRAWING} .read.gone")).to_have_count(0)
    settle(page)
    card.click()  # the same word of the same sentence, hidden anew
    page.wait_for_url("**&blank=9&**")


def test_a_guess_is_drawn_with_the_keys_and_the_measured_curve_runs_over_it(visit: Visit) -> None:
    page = visit("attention", lang="en")
    handles = page.locator(f"{DRAWING} [role=slider]:not(input)")
    expect(handles).to_have_count(8)
    assert not any(page.locator(f"{DRAWING} :is(.verdict, .percent)").all_text_contents())
    handles.first.focus()
    for _ in range(8):
        page.keyboard.press("PageDown")
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name=text("seq2seq.go", "en")).click()
    expect(page.locator(f"{DRAWING} .say.wrong")).to_have_count(1)
    drawn = [float(share) for share in address(page)["guess_accuracy"].split("_")]
    assert len(drawn) == 8
    assert page.locator(f"{DRAWING} .lens polyline.guess").count() == 1
    assert page.locator(f"{DRAWING} .lens polyline.measured").count() == 3
    page.locator(".st-key-by_length summary").click()
    page.locator(".st-key-chart_bottleneck .js-plotly-plot .main-svg").first.wait_for()
    settle(page)
    np.testing.assert_allclose(plotted(page, "bottleneck", "y")[1:], np.array(drawn) / 100)
    page.locator(".st-key-contrast_names button").click()  # of another task it is asked again
    expect(handles).to_have_count(5)
    expect(page.locator(f"{DRAWING} .say.wrong")).to_have_count(0)


def test_a_guess_is_drawn_with_the_pointer_and_asked_again(visit: Visit) -> None:
    page = visit("attention", lang="ja", task="names")
    handles = page.locator(f"{DRAWING} [role=slider]:not(input)")
    boxes = [handles.nth(at).bounding_box() for at in range(5)]
    page.mouse.move(boxes[0]["x"] + boxes[0]["width"] / 2, boxes[0]["y"] + 20)
    page.mouse.down()
    for box in boxes:
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60, steps=3)
    page.mouse.up()
    page.get_by_role("button", name=text("seq2seq.go", "ja")).click()
    page.wait_for_url(re.compile(r"guess_accuracy=\d"))
    again = page.get_by_role("button", name=text("predict.again", "ja"))
    again.click()
    expect(handles).to_have_count(5)
    assert address(page).get("guess_accuracy", "") == ""


def test_a_spelling_is_guessed_right_and_wrong_in_the_drawing(visit: Visit) -> None:
    page = visit("translation", lang="en")
    assert page.locator(f"{DRAWING} .said").first.is_hidden()
    page.locator(f"{DRAWING} .ask button", has_text="トキオ (tokio)").click()
    expect(page.locator(f"{DRAWING} .say.right")).to_have_count(1, timeout=15_000)  # once it has been written
    page.get_by_role("button", name=text("predict.again", "en")).click()
    page.locator(f"{DRAWING} .ask button", has_text="トクヨ (tokuyo)").click()
    expect(page.locator(f"{DRAWING} .say.wrong")).to_have_count(1, timeout=15_000)


def test_reduced_motion_still_steps(visit: Visit) -> None:
    page = visit("translation", english="tea", guess_spelling="skip", t="1")
    page.emulate_media(reduced_motion="reduce")
    page.locator(f"{DRAWING} .stage").focus()
    page.keyboard.press("ArrowRight")
    assert step(page) == "2"
    moved = page.locator(f"{DRAWING} .look").first.evaluate("node => getComputedStyle(node).transitionDuration")
    assert set(moved.split(", ")) == {"0s"}


# As it opens, and after a guess; other states, test_every_chapter.
@pytest.mark.parametrize(
    ("lang", "query"), [("en", {}), ("ja", {"guess_accuracy": "90_80_70_60_50_40_30_20"})], ids=["asked", "guessed"]
)
def test_the_drawing_is_whole_within_a_screen(visit: Visit, lang: str, query: dict[str, str]) -> None:
    found = seen(visit("attention", lang=lang, **query), *DESK)
    assert found.top <= LOWEST
    assert found.bottom <= DESK[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_phone_no_number_and_no_sign_is_cut(visit: Visit, lang: str) -> None:
    page = visit("attention", lang=lang, width=390, guess_accuracy="skip", attention="additive")
    nothing_is_cut(page)
    page.set_viewport_size({"width": 360, "height": 900})
    settle(page)
    nothing_is_cut(page)


def nothing_is_cut(page: Page) -> None:
    """The names, signs and shares of the networks are whole, and no two shares lie over each other."""
    assert at_rest(page, CUT) == {"beyond": 0, "touching": 0, "overlaps": 0}


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
