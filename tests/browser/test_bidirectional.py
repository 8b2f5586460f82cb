from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

from rnn_core.messages import text
from rnn_core.segmentation.measures import influences, revealed
from rnn_core.segmentation.model import inputs_of, segmented, segmenter
from rnn_core.segmentation.tags import LATER, NEEDED, NEVER_RIGHT, OTHER_MEANING, TAGS
from tests.browser.conftest import settle
from tests.browser.reading import address, plotted

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def segmentations(page: Page) -> list[list[str]]:
    """The words of each row of the comparison in the drawing."""
    return [row.locator("span").all_inner_texts() for row in page.locator(".results .words").all()]


def scores(page: Page) -> list[float]:
    """The scores of the chosen character, as they are printed."""
    said = page.locator(".scores .number").all_inner_texts()
    return [float(one.replace("\N{MINUS SIGN}", "-")) for one in said]


def finding(page: Page) -> str:
    """The sentence of the drawing."""
    return page.locator(".bidirectional .finding").inner_text()


@pytest.mark.parametrize("sentence", [NEEDED, OTHER_MEANING])
def test_drawing_and_charts_hold_the_numbers_of_torch(visit: Visit, sentence: str) -> None:
    page = visit("bidirectional", text=sentence, guess_boundaries="skip")
    with torch.inference_mode():
        found = segmenter()(torch.from_numpy(inputs_of(sentence))).numpy()[:, : len(TAGS)]
    page.locator(".bidirectional .character").first.click()
    np.testing.assert_allclose(scores(page), found[0], atol=0.006)
    expected = [list(segmented(sentence, later, NEVER_RIGHT).words) for later in LATER]
    assert segmentations(page) == expected
    page.locator(".st-key-scores summary").click()
    page.wait_for_selector(".st-key-chart_tag_scores .main-svg")
    np.testing.assert_allclose(plotted(page, "tag_scores", "z"), found.T, atol=1e-5)
    for side in ("forward", "backward", "scores"):
        moved = getattr(influences(sentence), side)
        np.testing.assert_allclose(plotted(page, f"influence_{side}", "customdata"), moved, rtol=1e-4)
    page.locator(".st-key-beginnings summary").click()
    page.wait_for_selector(".st-key-chart_revealed .main-svg")
    np.testing.assert_array_equal(plotted(page, "revealed", "customdata"), revealed(sentence).ends[1:])


def test_the_direction_is_zeroed_by_a_click_and_the_link_keeps_it(visit: Visit) -> None:
    page = visit("bidirectional", text=NEEDED, lang="en", guess_boundaries="skip")
    page.locator(".modes").get_by_text("zeroed").click()
    page.wait_for_function("() => location.search.includes('later=off')")
    assert address(page)["guess_boundaries"] == "skip"
    page.reload()
    settle(page)
    assert page.locator(".results .label.on").inner_text() == "zeroed"
    assert page.locator(".bidirectional .character.odd").count() == len("てんき")


def test_it_is_played_and_the_reader_rests_where_it_stops(visit: Visit) -> None:
    page = visit("bidirectional", text=NEEDED, guess_boundaries="skip")
    page.locator(".bidirectional .stage").focus()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => location.search.includes('t=9')")
    assert page.locator(".bidirectional .character.unread").count() == 2
    page.reload()
    settle(page)
    assert page.locator(".bidirectional .character.unread").count() == 2


def test_a_guess_is_judged_and_asked_again_of_another_sentence(visit: Visit) -> None:
    page = visit("bidirectional", text=NEEDED, lang="en")
    shown = page.locator(".bidirectional .finding")
    assert segmentations(page)[1:] == [["?"]] * 4
    for press, verdict, kept in (
        (".box >> nth=3", "right", "4"),
        (".none", "wrong", "0"),
        (".box >> nth=3", "right", "4"),
    ):
        page.locator(f".bidirectional button{press}").click()
        shown.filter(has_text=text(f"predict.verdict.{verdict}", "en")).wait_for()
        page.wait_for_function("kept => location.search.includes(`guess_boundaries=${kept}`)", arg=kept)
        assert address(page)["later"] == "off"
        page.get_by_role("button", name="Guess again").click()
        page.wait_for_function("() => !location.search.includes('guess_boundaries')")
    page.locator(".bidirectional button.box").nth(3).click()
    page.wait_for_function("() => location.search.includes('guess_boundaries=4')")
    page.get_by_role("button", name="in kanji").click()
    shown.filter(has_text=text("directions.ask", "en")).wait_for()
    settle(page)
    assert "guess_boundaries" not in address(page)
    page.get_by_role("button", name="tenki: weather", exact=False).first.click()
    page.locator(".bidirectional .character", has_text="て").wait_for()  # in kana again
    settle(page)
    page.locator(".bidirectional button.box").nth(3).click()  # the same answer to the same sentence, asked anew
    page.wait_for_function("() => location.search.includes('guess_boundaries=4')")


def test_a_long_text_does_not_pretend_to_play_and_its_panel_stays_low(visit: Visit) -> None:
    page = visit(
        "bidirectional", text="今日は天気が良いね。" * 20, lang="en", guess_boundaries="skip", later="reversed"
    )
    assert page.locator(".bidirectional .transport .play").count() == 0
    assert "16 characters" in page.locator(".bidirectional .transport").inner_text()
    before = finding(page)
    page.locator(".bidirectional .stage").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert finding(page) == before
    box = page.locator(".bidirectional .results").bounding_box()
    assert box
    assert box["height"] <= 150
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_names_of_rows_stand_on_a_ground_of_their_own_where_a_long_text_is_scrolled(visit: Visit) -> None:
    page = visit("bidirectional", text="今日は天気が良いね。" * 20, lang="en", guess_boundaries="skip")
    stage, gutter = page.locator(".bidirectional .stage"), page.locator(".bidirectional .gutter")
    stage.evaluate("stage => stage.scrollTo({left: 0, behavior: 'instant'})")
    expect(gutter).to_be_hidden()
    stage.evaluate("stage => stage.scrollTo({left: 300, behavior: 'instant'})")
    expect(gutter).to_be_visible()
    ground = gutter.bounding_box()
    assert ground is not None
    for note in page.locator(".bidirectional .note").all():
        name = note.bounding_box()
        assert name is not None
        assert ground["x"] <= name["x"]
        assert name["x"] + name["width"] <= ground["x"] + ground["width"]
    page.locator(".bidirectional .character").nth(4).press("Enter")  # under it, and comes out
    page.wait_for_function(
        """() => {
            const root = [...document.querySelectorAll(".st-key-drawing *")].find(one => one.shadowRoot).shadowRoot;
            const sides = part => root.querySelector(part).getBoundingClientRect();
            return sides(".character.on").left > sides(".gutter").right;
        }"""
    )
