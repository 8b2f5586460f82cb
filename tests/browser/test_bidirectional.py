from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from rnn_core.segmentation.measures import influences, revealed
from rnn_core.segmentation.model import inputs_of, segmented, segmenter
from rnn_core.segmentation.tags import LATER, NEEDED, NEVER_RIGHT, OTHER_MEANING, boundaries_of
from tests.browser.conftest import settle
from tests.browser.reading import address, plotted
from tests.browser.resting import marks_move_at_once_and_rest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
MARKED = ("hidden_state_forward", "hidden_state_backward", "influence_scores")


@pytest.mark.parametrize("sentence", [NEEDED, OTHER_MEANING])
def test_the_charts_hold_the_numbers_of_torch(visit: Visit, sentence: str) -> None:
    page = visit("bidirectional", text=sentence, guess_boundaries="skip")
    with torch.inference_mode():
        inputs = torch.from_numpy(inputs_of(sentence))
        states, scores = segmenter().recurrent(inputs)[0].numpy(), segmenter()(inputs).numpy()
    np.testing.assert_allclose(plotted(page, "hidden_state_forward", "z"), states[:, :50].T, atol=1e-6)
    np.testing.assert_allclose(plotted(page, "hidden_state_backward", "z"), states[:, 50:].T, atol=1e-6)
    page.locator(".st-key-scores summary").click()
    page.wait_for_selector(".st-key-chart_tag_scores .main-svg")
    np.testing.assert_allclose(plotted(page, "tag_scores", "z"), scores[:, :4].T, atol=1e-5)
    found = influences(sentence)
    for side in ("forward", "backward", "scores"):
        expected = getattr(found, side)
        np.testing.assert_allclose(plotted(page, f"influence_{side}", "customdata"), expected, rtol=1e-4)
    np.testing.assert_array_equal(plotted(page, "revealed", "customdata"), revealed(sentence).ends[1:])
    ends = plotted(page, "segmentations", "customdata")
    for row, later in zip(ends, LATER, strict=True):
        boundaries = boundaries_of(segmented(sentence, later, NEVER_RIGHT).words)
        assert {int(place) + 1 for place in np.flatnonzero(row)} - {len(sentence)} == boundaries


def test_the_half_is_shut_off_by_a_click_and_the_link_keeps_it(visit: Visit) -> None:
    page = visit("bidirectional", text=NEEDED, lang="en", guess_boundaries="skip")
    page.locator(".st-key-later").get_by_text("zeroed").click()
    page.wait_for_function("() => location.search.includes('later=off')")
    settle(page)
    assert not plotted(page, "hidden_state_backward", "z").any()
    assert page.locator(".reading").last.locator(".word").all_inner_texts() == list(segmented(NEEDED, "off").words)
    page.reload()
    settle(page)
    assert page.locator(".reading .word.moved").all_inner_texts() == ["て", "んき"]


def test_all_marks_move_at_once_and_the_reader_rests_where_they_stop(visit: Visit) -> None:
    marks_move_at_once_and_rest(visit("bidirectional", text=NEEDED), MARKED, "t", 9)


def test_a_guess_is_judged_and_asked_again_of_another_sentence(visit: Visit) -> None:
    page = visit("bidirectional", text=NEEDED, lang="en")
    assert page.locator(".st-key-chart_segmentations").count() == 0
    page.locator(".st-key-guess_boundaries").get_by_text("てんき tenki").click()
    page.wait_for_selector(".st-key-chart_segmentations .main-svg")
    assert address(page)["guess_boundaries"] == "4"
    assert page.locator(".verdict.right").is_visible()
    page.get_by_role("button", name="Guess again").click()
    page.locator(".st-key-guess_boundaries").get_by_text("None of them").click()
    page.locator(".verdict.wrong").wait_for()
    page.get_by_role("button", name="in kanji").click()
    page.wait_for_selector(".st-key-skip_guess_boundaries")
    assert page.locator(".verdict").count() == 0
    assert "guess_boundaries" not in address(page)
