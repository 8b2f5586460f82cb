"""The prepared contrast on the first page: both answers are measured, and a click shows each network at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

import rnn_core as rc
from pages._chapters.home.contrast import DRAWING
from pages._ui.document import BROUGHT
from pages._ui.words import markdown
from rnn_core import KiokuError, contrasts
from rnn_core.messages import LANGUAGES, text
from tests.pages.reading import html, plain

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_replies_are_those_of_the_networks(open_page: Open, lang: str) -> None:
    case, page = contrasts.forgotten(), html(open_page(lang=lang))
    assert "".join(case.words) in page
    for cell, said in (("rnn", case.instead), ("lstm", case.reply)):
        reply = rc.run(rc.ModelSpec(cell=cell, hidden=case.hidden), case.words).reply
        assert reply.text == said
        shown = page.split(f'<ol class="reading cell-{cell}">')[1].split("</ol>")[0]
        assert said in shown
        assert f"{reply.probability:.0%}".rstrip("%") in shown


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_a_click_lets_the_page_read_it_with_that_network(open_page: Open, cell: str) -> None:
    case, at = contrasts.forgotten(), open_page(cell="gru", hidden="64", weights="fresh", seed="3")
    at.button(key=f"show_forgotten_{cell}").click().run()
    address = at.query_params
    assert address["text"] == "".join(case.words)
    assert (address["cell"], address["hidden"], address["weights"]) == (cell, str(case.hidden), "trained")
    assert address["t"] == "1"
    assert at.session_state[BROUGHT].anchor == DRAWING
    assert f'id="{DRAWING}"' in html(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_contrast_does_not_show_is_said_as_it_is_measured(open_page: Open, lang: str) -> None:
    """The larger RNN replies correctly, the GRU of equal size doesn't, and the LSTM has four times the parameters."""
    case, page = contrasts.forgotten(), plain(open_page(lang=lang))
    replies = [
        rc.run(rc.ModelSpec(cell=cell, hidden=hidden), case.words).reply.text
        for cell, hidden in (("rnn", 64), ("gru", case.hidden))
    ]
    assert replies == [case.reply, case.instead]
    counts = {
        cell: sum(weight.numel() for weight in getattr(torch.nn, cell.upper())(24, case.hidden).parameters())
        for cell in ("rnn", "lstm")
    }
    assert counts == {"rnn": 672, "lstm": 2688}
    line = text("home.forgotten_method", lang, large=64, units=case.hidden, rnn="X", gru="X", few="672", many="2,688")
    for piece in line.split("X"):
        assert piece in page


def test_without_the_case_the_page_is_whole_but_for_a_sentence(open_page: Open, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(contrasts, "MANIFEST", tmp_path / "manifest.json")
    contrasts.forgotten.cache_clear()
    at = open_page(lang="en")
    assert [error.value for error in at.error] == [
        markdown(KiokuError("manifest_missing", path="manifest.json").text("en"))
    ]
    assert text("home.principle", "en") in plain(at)
