from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import rnn_core as rc
from pages._ui.address import CONTROLS
from rnn_core import contrasts, lineup, order
from rnn_core.messages import LANGUAGES, text
from rnn_core.models import registry
from rnn_core.quantities import CELLS
from rnn_core.specs import ResponderSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from tests.browser.conftest import narrowed, settle
from tests.browser.reading import plotted

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
WORDS = ("今日", "は", "天気", "が", "良い", "ね")
VERDICTS = {"transformer": "right", "bidirectional": "near", "rnn": "wrong"}
SPECS: tuple[lineup.Compared, ...] = (
    *(rc.ModelSpec(cell=cell, hidden=16) for cell in CELLS),
    ResponderSpec(kind="bidirectional", hidden=8),
    ResponderSpec(kind="attentive", hidden=16),
    TransformerSpec(hidden=16),
)


def read(spec: lineup.Compared, words: tuple[str, ...]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """By torch's modules alone: the first state, what the reply is read from, and the scores after the last word."""
    model, encoded = registry.family_of(spec).load(spec), torch.tensor([smalltalk.vocabulary().encode(words)])
    with torch.inference_mode():
        if isinstance(spec, TransformerSpec):
            states = model.states(encoded)[0]
            return states[0], states[-1], model.scores(states[-1])
        states = model.recurrent(model.embedding(encoded))[0][0]
        if isinstance(spec, rc.ModelSpec):
            return states[0], states[-1], model.scores(states[-1])
        ended = model.ended(states[None], torch.tensor([len(words)]))[0]
        return states[0], ended, model.scores(ended[None])[0]


def influence(spec: lineup.Compared) -> np.ndarray:
    """‖∂h_t/∂x_s‖ of a network with one direction, by autograd."""
    model = registry.family_of(spec).load(spec).double()
    x = model.embedding(torch.tensor([smalltalk.vocabulary().encode(WORDS)])).detach()

    def found(leaf: torch.Tensor) -> torch.Tensor:
        states = model.recurrent(leaf)[0][0]
        return states if isinstance(spec, rc.ModelSpec) else model.causal(states)[1]

    jacobian = torch.autograd.functional.jacobian(found, x)[:, :, 0]  # (T, H, T, E)
    return jacobian.square().sum((1, 3)).sqrt().numpy()


def row(page: Page, cell: str, part: str) -> str:
    return page.locator(f".compare .row[data-cell={cell}] {part}").first.inner_text()


def test_the_rows_hold_the_numbers_of_torch(visit: Visit) -> None:
    page = visit("compare", guess_persistence="skip")
    changed = order.replaced(WORDS, 0, str(CONTROLS["instead"].default))
    for spec in SPECS:
        (first, ended, scores), (other, twin, _) = (read(spec, words) for words in (WORDS, changed))
        left = float((ended - twin).norm() / (first - other).norm())
        assert row(page, spec.cell, ".left") == (f"× {left:.2f}" if left >= 0.005 else "< 0.01")
        assert row(page, spec.cell, ".bubble") == smalltalk.outputs()[int(scores.argmax())]


def test_the_maps_hold_the_numbers_of_torch_and_stand_in_rows(visit: Visit) -> None:
    page = visit("compare", guess_persistence="skip")
    page.locator(".st-key-maps summary").click()
    page.locator(".st-key-chart_influence_transformer .js-plotly-plot").first.wait_for()
    settle(page)
    for spec in (*SPECS[:3], SPECS[4]):
        found = plotted(page, f"influence_{spec.cell}", "customdata")
        np.testing.assert_allclose(found, influence(spec), rtol=1e-3, atol=1e-9)
    for ready, columns in ((settle, 3), (narrowed, 1)):
        ready(page)
        boxes = [page.locator(f".st-key-chart_influence_{cell}").first.bounding_box() for cell in lineup.NETWORKS]
        assert all(boxes)
        assert len({round(box["x"]) for box in boxes if box}) == columns
        assert len({round(box["y"]) for box in boxes if box}) == len(boxes) // columns


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_short_and_the_drawing_whole_after_a_contrast(visit: Visit, lang: str) -> None:
    page = visit("compare", lang=lang, guess_persistence="skip")
    page.set_viewport_size({"width": 1280, "height": 720})
    settle(page)
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollHeight") <= 3000
    page.locator(".st-key-contrast_first_word button").click()
    page.locator(".compare .finding", has_text=contrasts.forgotten().twin[0]).wait_for()
    settle(page)
    box = page.locator(".kioku.compare").bounding_box()
    assert box
    assert box["y"] <= 260
    assert box["y"] + box["height"] <= 720


def test_a_guess_is_made_and_judged_in_its_row_and_another_first_word_asks_again(visit: Visit) -> None:
    page = visit("compare", lang="en")
    finding = page.locator(".compare .finding")
    for guess, verdict in VERDICTS.items():
        assert page.locator(".st-key-measure_times").count() == 0
        page.locator(f".compare .row[data-cell={guess}] .pick").click()
        expect(finding).to_contain_text(text(f"predict.verdict.{verdict}", "en"))
        expect(page.locator(".st-key-measure_times")).to_have_count(1)
        page.wait_for_url(f"**guess_persistence={lineup.NETWORKS.index(guess) + 1}**")
        settle(page)
        page.get_by_role("button", name=text("predict.again", "en")).click()
        expect(page.locator(".st-key-measure_times")).to_have_count(0)
    page.locator(".compare .row[data-cell=rnn] .pick").click()
    expect(page.locator(".st-key-measure_times")).to_have_count(1)
    page.get_by_label(text("controls.instead.label", "en")).fill("明日")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-measure_times")).to_have_count(0)
    expect(finding).to_contain_text("明日")


def test_times_are_measured_into_the_rows(visit: Visit) -> None:
    page = visit("compare", guess_persistence="skip")
    assert row(page, "gru", "span.number.time") == "–"
    page.locator(".st-key-measure_times button").click()
    expect(page.locator(".compare .row[data-cell=gru] span.number.time").first).to_contain_text("µs")
    assert "–" in row(page, "gru", "span.range.time"), "the quartiles"
