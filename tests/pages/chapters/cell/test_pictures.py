from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rnn_core as rc
from pages._ui.words import formula
from rnn_core.figures.captions import number
from rnn_core.messages import LANGUAGES, text
from rnn_core.quantities import CELLS
from rnn_core.statistics import comparison
from tests.pages.reading import html, picture

if TYPE_CHECKING:
    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
HELD = {"hold": "forget_gate", "value": "0.0"}


def named(open_page: Open, **query: str) -> set[str]:
    return {
        element.proto.id.split("-")[-1] for element in open_page(page="cell", lang="en", **query).get("plotly_chart")
    }


def test_the_movement_is_shown_once_the_reader_has_said_what_they_expect(open_page: Open) -> None:
    assert named(open_page, guess="2") - named(open_page) == {"chart_movement"}


@pytest.mark.parametrize(("cell", "drawn"), [("lstm", True), ("gru", True), ("rnn", False)])
def test_what_is_kept_is_drawn_of_a_cell_that_keeps(open_page: Open, cell: str, drawn: bool) -> None:
    assert any(name.startswith("chart_ledger") for name in named(open_page, cell=cell)) == drawn


def test_while_something_is_held_the_quantity_is_shown_as_it_was_and_as_it_becomes(open_page: Open) -> None:
    free, held = named(open_page), named(open_page, **HELD)
    assert {name for name in held if name.endswith("_clamped")}
    assert free & held >= {"chart_hidden_state"}


def test_the_price_is_that_of_the_network_that_read(open_page: Open) -> None:
    counts = [
        picture(open_page(page="cell", lang="en", hidden=hidden), "chart_parameter_counts") for hidden in ("8", "64")
    ]
    assert counts[0] != counts[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_gives_the_answer_away_before_it_is_asked_for(open_page: Open, lang: str) -> None:
    layer = rc.run(rc.ModelSpec(cell="lstm", hidden=16), WORDS).layer()
    change = max(comparison.changes(layer["hidden_state"]))
    waits, answered = (open_page(page="cell", lang=lang, **said) for said in ({}, {"guess": "skip"}))
    assert number(change) not in html(waits)
    assert text("cell.finding_waits", lang) in html(waits)
    assert formula(text("cell.principle", lang)) not in html(waits)
    assert number(change) in html(answered)
    assert formula(text("cell.principle", lang)) in html(answered)
    assert text("cell.finding_waits", lang) not in html(answered)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_with_a_clamp_nothing_says_that_pytorch_computes_what_is_shown(open_page: Open, lang: str) -> None:
    free, held = (html(open_page(page="cell", lang=lang, **said)) for said in ({}, HELD))
    said, without = (text(key, lang, gap="X").split("X")[0] for key in ("ui.parity", "cell.parity_free"))
    assert said in free
    assert said not in held
    assert without in held
    assert "PyTorch" not in text("cell.lead", lang)


@pytest.mark.parametrize("cell", CELLS)
def test_the_conventions_are_those_of_the_gru_alone(open_page: Open, cell: str) -> None:
    assert (text("cell.conventions", "en") in html(open_page(page="cell", lang="en", cell=cell))) == (cell == "gru")
