"""What every chapter owes its readers: it draws, nothing shuts anybody out, and nothing lies beside the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bench.stage import DRAWN
from pages._ui.chapter import HOME
from pages._ui.contents import CHAPTERS
from rnn_core import QUANTITIES
from rnn_core.messages import LANGUAGES
from rnn_core.segmentation.tags import NEEDED
from rnn_core.text.tokenizer import segment
from tests.browser.conftest import narrowed, settle, speak
from tests.browser.reading import PHONE, barriers, off_the_desk, overflow, unwhole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Page

    from pages._ui.chapter import Chapter
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
STATE = QUANTITIES.state("lstm").key
TALLER = {"text"}  # what a drawing may go beyond a desk for: a longer sentence
LONGEST = {"compare": 3000}  # px, on a desk
THIRTEEN = "今日は天気がとても良いので公園で犬と遊ぶ"
SIXTY = "今日は天気が良いけど" * 12
# Half of the chapters open in the dark, and each is seen in the light and in the dark, in Japanese and in English.
WIDTHS = (1280, 390)  # on which axe looks, in turn
PAIRS = (("light", "ja"), ("dark", "en"))
# What the address holds: as little as there may be, and as much. A chapter that is not named is seen as it opens.
STATES: Mapping[str, Sequence[Mapping[str, str]]] = {
    "home": ({"text": "今日はズモモが良いね", "hidden": "7"}, {"text": "ズモモ", "cell": "cnn", "hidden": "64"}),
    "cell": (
        {},
        {"hold": STATE, "edit": "3", "guess": "2", "cell": "gru"},
        {"hold": STATE, "at": "1", "edit": "1", "into": "雨", "guess": "1", "hidden": "64"},
    ),
    "order": ({}, {"text": THIRTEEN, "guess_order": "skip"}),
    "gradients": ({"curve": "skip", "part": "norms"}, {"part": "cliff", "guess_cliff": "skip"}),
    "compare": ({"guess_persistence": "skip"}, {"guess_persistence": "skip", "text": SIXTY}),
    "bidirectional": (
        {"text": NEEDED, "guess_boundaries": "skip", "later": "off"},
        {"text": f"{THIRTEEN}。" * 10, "guess_boundaries": "skip"},
    ),
    "attention": (
        {"guess_accuracy": "skip", "attention": "additive", "study": "explain", "blank": "2"},
        {"attention": "dot", "study": "alter", "spot": "5"},
        {"guess_accuracy": "skip", "text": SIXTY},
    ),
    "translation": ({"english": "attention"}, {"guess_spelling": "skip"}),
    "video": ({}, {"guess_peak": "3", "motion": "hidden"}),
    "claims": ({"guess_claims": "skip"}, {"guess_claims": "3", "hidden": "8"}),
    "parallel": (
        {"guess_rounds": "1", "guess_stages": "6", "guess_law": "1", "guess_parity": "1"},
        {"text": THIRTEEN, "cell": "lstm", "length": "200", "guess_stages": "skip", "guess_law": "skip"},
    ),
    "sentiment": ({}, {"text": THIRTEEN, "guess_settled": "3"}),
    "transformer": (
        {"scene": "generate", "guess_crossover": "skip", "guess_crossover_lstm": "skip"},
        {"scene": "placed-masked", "guess_crossover": "skip", "guess_crossover_lstm": "skip"},
        {
            "text": THIRTEEN,
            "scene": "unplaced-open",
            "guess_permutation": "skip",
            "guess_crossover": "skip",
            "guess_crossover_lstm": "skip",
        },
    ),
}
# The least and the most that can be read, where they are drawn word by word.
EXTREMES = [
    ("home", "ja", {"hidden": "64", "text": SIXTY}, 0),
    ("home", "en", {"hidden": "64", "text": "a" * 200}, 0),
    ("cell", "en", {"hidden": "64", "text": SIXTY, "chart": "lines", "hold": STATE}, 0),
    ("cell", "ja", {"hidden": "64", "text": "a" * 200, "edit": "1"}, 1),  # without its only word nothing is left
    ("attention", "en", {"guess_accuracy": "skip", "text": "天気"}, 0),
    ("attention", "ja", {"guess_accuracy": "skip", "task": "names", "names": "あ・" * 30}, 0),
]


def address(chapter: Chapter) -> str:
    """Where it opens below the root, at which the first one does."""
    return "" if chapter.name == HOME else chapter.path


@pytest.mark.parametrize(
    ("chapter", "query", "scheme", "lang", "width"),
    [
        pytest.param(chapter, dict(query), *PAIRS[(place + state) % 2], WIDTHS[state % 2], id=f"{chapter.name}-{state}")
        for place, chapter in enumerate(CHAPTERS)
        for state, query in enumerate(STATES.get(chapter.name, ({}, {})))
    ],
)
def test_it_draws_and_nothing_shuts_a_reader_out_or_lies_beside_the_screen(
    visit: Visit, chapter: Chapter, query: dict[str, str], scheme: str, lang: str, width: int
) -> None:
    if width > PHONE:  # as who opens it in the other language, and then chooses this one
        page = visit(address(chapter), scheme=scheme, lang=LANGUAGES[LANGUAGES.index(lang) - 1], **query)
        speak(page, lang)
    else:
        page = visit(address(chapter), scheme=scheme, lang=lang, **query)
    assert page.locator(".main-svg, .training svg").count() > 1
    wide, found = overflow(page), barriers(page) if width > PHONE else []
    desk = chapter in DRAWN and not query.keys() & TALLER
    off = off_the_desk(page) if desk else {}
    if chapter.name in LONGEST and width > PHONE:
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollHeight") <= LONGEST[chapter.name]
    assert (wide, overflow(narrowed(page))) == (0, 0)
    assert (barriers(page) if width <= PHONE else found) == []
    assert unwhole(page) == []
    assert off == {}


@pytest.mark.parametrize(("name", "lang", "query", "errors"), EXTREMES)
def test_a_phone_opens_it_and_it_fits(visit: Visit, name: str, lang: str, query: dict[str, str], errors: int) -> None:
    page = visit(address(next(row for row in CHAPTERS if row.name == name)), width=390, lang=lang, **query)
    assert overflow(page) == 0
    assert page.get_by_test_id("stAlertContentError").count() == errors


def test_every_chapter_is_seen_in_the_light_and_in_the_dark() -> None:
    assert set(STATES) <= {row.name for row in CHAPTERS}
    assert all(len(states) > 1 for states in STATES.values())


def test_the_long_sentences_are_long() -> None:
    assert [len(segment(sentence).tokens) for sentence in (THIRTEEN, SIXTY)] == [13, 60]


def heading(page: Page) -> str:
    """The question at the top of the page."""
    return page.locator("h1.question").inner_text()


def test_the_next_chapter_begins_at_its_top_and_back_goes_back_at_once(visit: Visit) -> None:
    page = visit("gradients", lang="en")
    assert "gradients" in page.title()
    for name, one in (("compare", f"5 / {len(CHAPTERS)}"), ("bidirectional", f"6 / {len(CHAPTERS)}")):
        page.locator(".st-key-pager_next a").click()
        page.wait_for_url(f"**/{name}?**")
        page.wait_for_function("name => document.querySelector('.st-key-frame').innerText.includes(name)", arg=one)
        settle(page)
        page.wait_for_function("() => document.activeElement.matches('h1.question')")
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0
    asked = heading(page)
    page.evaluate("history.back()")
    page.wait_for_url("**/compare?**")
    page.wait_for_function("asked => document.querySelector('h1.question')?.innerText !== asked", arg=asked)
    page.evaluate("history.back()")
    page.wait_for_url("**/gradients?**")


def linked(page: Page, part: str) -> None:
    """Open the page by a link that points to a part of it."""
    link = f"{page.url}#{part}"
    page.goto("about:blank")
    page.goto(link)


def test_a_link_to_a_part_brings_it_into_view_and_opens_it(visit: Visit) -> None:
    page = visit("bidirectional", guess_boundaries="skip")
    for part, there in (("reach", "#reach"), ("beginnings", ".st-key-beginnings details[open]")):
        linked(page, part)
        page.wait_for_function(
            """there => {
                const part = document.querySelector(there), main = document.querySelector("[data-testid=stMain]");
                const top = part?.getBoundingClientRect().top - main.getBoundingClientRect().top;
                const most = main.scrollHeight - main.clientHeight;  // the last of a page can't be at its top
                return (0 <= top && top <= 100) || main.scrollTop >= most - 1;
            }""",
            arg=there,
        )


def test_a_link_to_a_part_that_is_not_there_says_so(visit: Visit) -> None:
    page = visit("bidirectional", lang="en")
    linked(page, "<b>nowhere")
    expect(page.get_by_test_id("stAlert")).to_contain_text("<b>nowhere")
    assert page.locator(".st-key-drawing").count() == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_taken_away_is_whole_within_the_window(visit: Visit, width: int) -> None:
    page = visit("cell", width=width, lang="en")
    for key in ("take_whole", "model_card", "take_parameter_counts"):
        button = page.locator(f".st-key-{key} button").first
        button.scroll_into_view_if_needed()
        button.click()
        body = page.get_by_test_id("stPopoverBody")
        body.locator("a, table, pre").last.wait_for()
        settle(page)
        left, top, right, bottom, hidden = body.evaluate(
            """body => {
                const at = body.getBoundingClientRect(), hidden = body.scrollHeight - body.clientHeight;
                return [at.left, at.top, innerWidth - at.right, innerHeight - at.bottom, hidden];
            }"""
        )
        assert min(left, top, right, bottom) >= 0
        assert hidden <= (1 if key != "model_card" else 400)  # a table of many rows scrolls
        page.keyboard.press("Escape")
        body.wait_for(state="detached")
