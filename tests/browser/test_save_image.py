from __future__ import annotations

import struct
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from rnn_core import QUANTITIES
from rnn_core.messages import LANGUAGES, text

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
STATE = QUANTITIES.state("lstm").key


def saved(page: Page, key: str, name: str) -> bytes:
    """The file behind a button of a chart's takeaway, which stays open."""
    if not page.get_by_role("button", name=name, exact=True).is_visible():
        page.locator(f".st-key-take_{key} button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    assert download.value.suggested_filename == f"kioku-{key}.{name.lower()}"
    return download.value.path().read_bytes()


def written(svg: bytes) -> str:
    """All words of a drawing without blanks: where a line breaks is the browser's business."""
    return "".join("".join(ElementTree.fromstring(svg).itertext()).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_saved_chart_says_what_is_to_be_seen_and_what_its_signs_mean(visit: Visit, lang: str) -> None:
    key = "cell_state"
    page = visit("cell", lang=lang, quantity=key)
    words = written(saved(page, key, "SVG"))
    chart = page.locator(f".st-key-chart_{key}").first
    finding = page.locator(f".st-key-chart_{key} [role=figure]").first.get_attribute("aria-label") or ""
    signs = [glyph + text(f"figures.marks.{kind}", lang) for glyph, kind in (("△", "above"), ("▽", "below"))]
    for said in (finding, "≤ −", "≥ ", *signs):
        assert said
        assert "".join(said.split()) in words
    assert "".join(signs[0].split()) not in "".join(chart.inner_text().split())


def test_the_picture_grows_by_its_words_and_the_next_format_is_a_click_away(visit: Visit) -> None:
    page = visit(lang="en")
    svg = ElementTree.fromstring(saved(page, STATE, "SVG"))
    width, height = (float(svg.attrib[side]) for side in ("width", "height"))
    box = page.locator(f".st-key-chart_{STATE} .js-plotly-plot").bounding_box()
    assert box
    assert width == pytest.approx(box["width"], abs=1)
    assert height > box["height"] + 60
    png = saved(page, STATE, "PNG")
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == pytest.approx((2 * width, 2 * height), abs=2)


def test_nothing_of_it_runs_over_on_a_phone(visit: Visit) -> None:
    page = visit(
        "transformer",
        width=390,
        lang="en",
        guess_permutation="skip",
        guess_crossover="skip",
        guess_crossover_lstm="skip",
    )
    svg = saved(page, "time_training", "SVG").decode()
    beyond = page.evaluate(
        """svg => {
            const host = document.createElement("div");
            host.innerHTML = svg;
            document.body.append(host);
            const edge = host.firstElementChild.getBoundingClientRect().right;
            const said = [...host.querySelectorAll(".annotation text")]
                .filter(text => text.getBoundingClientRect().right > edge + 1)
                .map(text => text.textContent);
            host.remove();
            return said;
        }""",
        svg,
    )
    assert beyond == []
