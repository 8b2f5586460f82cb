from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from playwright.sync_api import expect

import rnn_core as rc
from rnn_core import lineup
from rnn_core.models import registry
from rnn_core.quantities import CELLS
from rnn_core.specs import ResponderSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from tests.browser.conftest import settle
from tests.browser.reading import plotted
from tests.browser.resting import marks_move_at_once_and_rest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
WORDS = ("今日", "は", "天気", "が", "良い", "ね")
MARKED = ("hidden_state_rnn", "hidden_state_attentive", "difference", "influence_gru", "influence_bidirectional")
VERDICTS = {"Transformer": "right", "BiLSTM": "near", "RNN": "wrong"}


def the_cells_are_torchs(page: Page) -> None:
    for cell in CELLS:
        spec = rc.ModelSpec(cell=cell, hidden=16)
        trace = rc.run(spec, WORDS)
        np.testing.assert_allclose(plotted(page, f"hidden_state_{cell}", "z"), trace.layers.output.T, atol=1e-6)
        expected = rc.influence(registry.family_of(spec).load(spec).recurrent, trace.embedding)
        np.testing.assert_allclose(plotted(page, f"influence_{cell}", "customdata"), expected, rtol=1e-4)


def the_other_networks_are_torchs(page: Page) -> None:
    both, back = (ResponderSpec(kind=kind, hidden=size) for kind, size in (("bidirectional", 8), ("attentive", 16)))
    words = torch.tensor([smalltalk.vocabulary().encode(WORDS)])
    with torch.no_grad():
        model = registry.RESPONDERS.load(both)
        states = model.recurrent(model.embedding(words))[0][0]
        np.testing.assert_allclose(plotted(page, "hidden_state_bidirectional", "z"), states.T, atol=1e-6)
        placed = registry.TRANSFORMERS.load(TransformerSpec(hidden=16))
        np.testing.assert_allclose(plotted(page, "hidden_state_transformer", "z"), placed.states(words)[0].T, atol=1e-5)
    model = registry.RESPONDERS.load(back).double()
    x = model.embedding(words).detach()

    def found(leaf: torch.Tensor) -> torch.Tensor:
        return model.causal(model.recurrent(leaf)[0][0])[1]

    np.testing.assert_allclose(plotted(page, "hidden_state_attentive", "z"), found(x).detach().T, atol=1e-5)
    jacobian = torch.autograd.functional.jacobian(found, x)[:, :, 0]  # (T, H, T, E)
    expected = jacobian.square().sum((1, 3)).sqrt()
    np.testing.assert_allclose(plotted(page, "influence_attentive", "customdata"), expected, rtol=1e-4, atol=1e-12)


def test_the_charts_hold_the_numbers_of_torch_and_stand_in_rows(visit: Visit) -> None:
    page = visit("compare", guess_persistence="skip", measure="influence")
    the_cells_are_torchs(page)
    the_other_networks_are_torchs(page)
    for width, columns in ((1280, 3), (390, 1)):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        boxes = [page.locator(f".st-key-chart_influence_{cell}").first.bounding_box() for cell in lineup.NETWORKS]
        assert all(boxes)
        assert len({round(box["x"]) for box in boxes if box}) == columns
        assert len({round(box["y"]) for box in boxes if box}) == len(boxes) // columns


def test_all_marks_move_at_once_and_stay_where_they_came_to_rest(visit: Visit) -> None:
    marks_move_at_once_and_rest(visit("compare", guess_persistence="skip", measure="influence"), MARKED, "t", 4)


def test_a_guess_is_judged_and_another_sentence_asks_again(visit: Visit) -> None:
    page = visit("compare", lang="en")
    difference, choices = page.locator(".st-key-chart_difference"), page.locator(".st-key-guess_persistence")
    for guess, verdict in VERDICTS.items():
        choices.get_by_text(guess, exact=True).click()
        expect(page.locator(f".verdict.{verdict}")).to_contain_text(guess)
        expect(difference).to_have_count(1)
        page.get_by_role("button", name="Guess again").click()
        expect(page.locator(".verdict")).to_have_count(0)
    choices.get_by_text("RNN", exact=True).click()
    expect(difference).to_have_count(1)
    page.get_by_label("Replacement for the first word").fill("明日")
    page.keyboard.press("Enter")
    expect(difference).to_have_count(0)
    expect(page.locator(".st-key-predict_guess_persistence")).to_have_count(1)
