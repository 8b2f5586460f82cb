"""The first picture of every chapter is whole on a desk, and on the stage whole, legible and moved by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bench.browser import IDLE
from bench.stage import DRAWN, SCREENS, left, opened, ready, seen
from pages._chapters.attention import settings
from pages._ui.chapter import HOME
from rnn_core.messages import LANGUAGES, text
from tests.browser.reading import address, barriers, off_the_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from pages._ui.chapter import Chapter
    from tests.browser.conftest import Site, Tab, Visit

    Staged = Callable[..., Page]

pytestmark = pytest.mark.browser
SMALL = (390, 360, 320)
# On the stage axe looks at each chapter once, in turn in either language, and in both schemes in each.
SEEN_BY_AXE = {row.name: LANGUAGES[place // 2 % 2] for place, row in enumerate(DRAWN)}


@pytest.fixture
def staged(people: Callable[[str], Iterator[Tab]], site: Site) -> Iterator[Staged]:
    """Open a chapter on the stage; the console must have been silent."""
    tab = next(people("ja-JP"))

    def open_staged(chapter: Chapter, lang: str) -> Page:
        tab.page.bring_to_front()
        dark = DRAWN.index(chapter) % 2 == LANGUAGES.index(lang)  # each in both, and both in each language
        tab.page.emulate_media(color_scheme="dark" if dark else "light")
        opened(tab.page, site.url, chapter, lang)
        return tab.page

    yield open_staged
    assert tab.left() == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chapter", DRAWN, ids=lambda row: row.name)
def test_a_first_picture_is_whole_on_a_desk_and_on_the_stage(staged: Staged, chapter: Chapter, lang: str) -> None:
    page = staged(chapter, lang)
    for (width, height), least in SCREENS.items():
        found = seen(page, width, height)
        assert found.whole(height), (width, found)
        assert found.least[0] >= least, (width, found.least)
        assert found.covered == []
    if SEEN_BY_AXE[chapter.name] == lang:
        assert barriers(page, whole=False) == []
    at = page.locator(".st-key-drawing .transport input[type=range]")
    if at.is_visible():  # there is nothing to move through before a training
        last = int(at.input_value())
        page.keyboard.press("ArrowLeft")
        expect(at).to_have_value(str(last - 1))
    assert {width: seen(page, width, 800).covered for width in SMALL} == {width: [] for width in SMALL}
    if lang == LANGUAGES[0] or chapter.name == HOME:  # as it opens; test_every_chapter sees the other states on a desk
        left(page)
        assert off_the_desk(page) == {}


def chapter_of(name: str) -> Chapter:
    return next(row for row in DRAWN if row.name == name)


def test_keys_work_on_the_stage_wherever_the_focus_is_and_digits_choose_what_is_prepared(staged: Staged) -> None:
    page = staged(chapter_of("transformer"), "en")
    at, play = page.locator(".transport input[type=range]"), page.locator("button.play")
    page.locator(".views button").first.click()  # a choice that has keys of its own
    expect(at).to_have_value("6")
    page.keyboard.press("ArrowLeft")
    expect(at).to_have_value("5")
    page.locator(".pace").click()
    expect(page.locator(".pace")).to_have_text("1.5 ×")
    page.locator(".st-key-small_next a").focus()
    page.keyboard.press(" ")
    expect(play).to_have_text(text("player.pause", "en"))
    page.keyboard.press(" ")
    expect(play).to_have_text(text("player.play", "en"))
    page.keyboard.press("2")  # of the drawing's own heads and scenes it would be the second
    page.wait_for_url("**scene=placed-masked**")
    page.wait_for_selector(IDLE)
    left(page)
    step = at.input_value()
    page.locator(".st-key-lang button").first.focus()
    page.keyboard.press("ArrowLeft")
    assert at.input_value() == step


def test_where_both_have_no_room_the_stage_shows_picture_or_lens_and_a_guess_is_drawn_there(staged: Staged) -> None:
    (narrow, least), height = min((width, least) for (width, _), least in SCREENS.items()), 768
    page = staged(chapter_of("attention"), "en")
    page.set_viewport_size({"width": narrow, "height": height})
    picture, lens, switch = page.locator(".board"), page.locator(".lens"), page.locator("button.other")
    expect(lens).to_be_hidden()
    expect(switch).to_have_text(text("seq2seq.to_guess", "en"))
    switch.click()
    expect(picture).to_be_hidden()
    page.locator("[role=slider]").first.press("ArrowDown")
    expect(page.locator(".go")).to_have_text(text("seq2seq.left", "en", n=page.locator("[role=slider]").count() - 1))
    found = seen(page, narrow, height)
    assert found.whole(height), found
    assert found.least[0] >= least
    page.locator(".skip").click()
    page.wait_for_url("**guess_accuracy=skip**")
    expect(page.locator(".lens .measured.none")).to_be_visible()
    switch.click()
    expect(picture).to_be_visible()
    expect(lens).to_be_hidden()


def test_what_is_chosen_just_before_the_stage_is_left_stays_chosen(staged: Staged) -> None:
    page = staged(chapter_of("attention"), "ja")
    page.keyboard.press("2")
    page.keyboard.press("Escape")
    page.wait_for_url("**present=0**")
    assert address(page)["text"] == settings.CROSSED
    page.wait_for_selector(".st-key-leave", state="detached")
    expect(page.locator(".st-key-text input")).to_have_value(settings.CROSSED)


@pytest.mark.parametrize(("path", "names"), [("transformer", ".names"), ("bidirectional", ".note.fore")])
def test_the_names_of_rows_stay_in_sight_on_a_phone(visit: Visit, path: str, names: str) -> None:
    page = visit(path, width=390, lang="en")
    page.locator(".stage").evaluate("stage => stage.scrollTo({left: 200, behavior: 'instant'})")
    page.wait_for_function(
        """names => {
            const root = [...document.querySelectorAll(".st-key-drawing *")].find(one => one.shadowRoot).shadowRoot;
            const [stage, name] = [".stage", names].map(one => root.querySelector(one).getBoundingClientRect());
            return root.querySelector(".stage").scrollLeft > 100 && Math.abs(name.left - stage.left) < 12;
        }""",
        arg=names,
    )


def test_the_focus_comes_at_what_is_chosen_and_stays_near_what_is_gone(visit: Visit) -> None:
    page = visit("cell", lang="en", cell="lstm")
    page.locator(".st-key-text input").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.ariaChecked") == "true"
    page.locator(".st-key-skip_guess button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**guess=skip**")
    page.wait_for_selector(".st-key-skip_guess", state="detached")
    page.wait_for_function("() => document.activeElement.closest('[class*=st-key-]')")


@pytest.mark.parametrize(("name", "press", "guess"), [("compare", "1", ""), ("order", "", "guess_order=101110")])
def test_a_small_stage_holds_what_is_prepared_and_what_was_guessed(
    staged: Staged, name: str, press: str, guess: str
) -> None:
    (width, height), least = min(SCREENS.items())
    page = staged(chapter_of(name), "en")
    if guess:
        page.goto(page.url.replace("guess_order=skip", guess))
        ready(page)
    page.set_viewport_size({"width": width, "height": height})
    if press:
        before = page.url
        page.keyboard.press(press)
        page.wait_for_function("before => location.href !== before", arg=before)
    found = seen(page, width, height)
    assert found.whole(height), found
    assert found.least[0] >= least
    assert found.covered == []


def test_a_hint_stands_beside_the_word_that_it_explains(visit: Visit) -> None:
    page = visit("attention", lang="en", guess_accuracy="skip")
    page.locator(".read").first.hover()
    tip, card = page.locator("[role=tooltip]:visible").bounding_box(), page.locator(".read").first.bounding_box()
    assert tip
    assert card
    assert tip["y"] + tip["height"] <= card["y"] or tip["y"] >= card["y"] + card["height"]


def test_of_many_words_the_last_one_has_its_outputs_in_sight(visit: Visit) -> None:
    page = visit("order", lang="en", text="今日は天気がとても良いので公園で犬と遊ぶ" * 2, guess_order="skip")
    board, at = page.locator(".st-key-drawing .stage"), page.locator(".st-key-drawing .transport input[type=range]")
    shown = "board => board.scrollLeft + board.clientWidth >= board.scrollWidth - 2"
    assert board.evaluate(shown)
    at.press("Home")
    page.wait_for_function("board => board.scrollLeft < 4", arg=board.element_handle())
    at.press("End")
    page.wait_for_function(shown, arg=board.element_handle())
