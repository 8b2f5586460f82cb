"""The prepared contrast on the first page: both answers are measured, and a click shows each network at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rnn_core as rc
from rnn_core import contrasts
from rnn_core.messages import LANGUAGES
from tests.pages.reading import html

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


def test_without_the_case_the_page_is_whole(open_page: Open, monkeypatch) -> None:
    monkeypatch.setattr(contrasts, "forgotten", lambda: None)
    at = open_page()
    assert not at.exception
    assert not at.error
