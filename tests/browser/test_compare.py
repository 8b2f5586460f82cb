from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.messages import LANGUAGES
from rnn_core.models import zoo
from rnn_core.quantities import CELLS
from tests.browser.conftest import settle
from tests.browser.reading import address, barriers, overflow, plotted

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
WORDS = ("今日", "は", "天気", "が", "良い", "ね")
MARKED = ("hidden_state_rnn", "difference", "influence_gru")


def places(page: Page) -> dict[str, tuple[float, float]]:
    """Where the mark of the step stands in some charts, in px within the chart."""
    found: dict[str, tuple[float, float]] = page.evaluate(
        """keys => Object.fromEntries(keys.map(key => {
            const chart = document.querySelector(`.st-key-chart_${key} .js-plotly-plot`);
            const index = chart.layout.shapes.findIndex(shape => shape.name === "cursor");
            const mark = chart.querySelector(`.shapelayer path[data-index="${index}"]`).getBoundingClientRect();
            const frame = chart.getBoundingClientRect();
            return [key, [mark.x - frame.x, mark.y - frame.y]];
        }))""",
        list(MARKED),
    )
    return found


def test_the_charts_hold_the_numbers_of_torch(visit: Visit) -> None:
    page = visit("compare")
    for cell in CELLS:
        spec = rc.ModelSpec(cell=cell, hidden=16)
        trace = rc.run(spec, WORDS)
        np.testing.assert_allclose(plotted(page, f"hidden_state_{cell}", "z"), trace.layers.output.T, atol=1e-6)
        expected = rc.influence(zoo.load(spec).recurrent, trace.embedding)
        np.testing.assert_allclose(plotted(page, f"influence_{cell}", "customdata"), expected, rtol=1e-4)


def test_all_marks_move_at_once_and_stay_where_they_came_to_rest(visit: Visit) -> None:
    page = visit("compare", lives="skip")
    before = places(page)
    page.locator(".transport button").first.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(50)  # less than a report takes
    moved = places(page)
    assert "t" not in address(page)
    assert all(moved[key] != before[key] for key in MARKED)
    page.wait_for_function("location.search.includes('t=4')")
    settle(page)
    rested = places(page)
    for key in MARKED:
        assert rested[key] == pytest.approx(moved[key], abs=1.5)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sixty_words_fit_on_a_phone(visit: Visit, lang: str) -> None:
    page = visit("compare", lang=lang, text="".join(WORDS * 10), lives="skip")
    page.set_viewport_size({"width": 390, "height": 900})
    settle(page)
    assert overflow(page) <= 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_is_shut_out(visit: Visit, lang: str) -> None:
    page = visit("compare", lang=lang, lives="skip")
    assert overflow(page) <= 0
    assert barriers(page) == []
