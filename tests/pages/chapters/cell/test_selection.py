from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import rnn_core as rc
from pages._chapters.cell import selection
from pages._ui.components import Spot
from rnn_core.messages import LANGUAGES, text
from rnn_core.quantities import CELLS
from rnn_core.statistics import comparison
from tests.pages.reading import chart, html

if TYPE_CHECKING:
    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
STATE = rc.QUANTITIES.state("lstm").key


def layer(cell: str, hidden: int = 16) -> rc.LayerTrace:
    return rc.run(rc.ModelSpec(cell=cell, hidden=hidden), WORDS).layer()


@pytest.mark.parametrize(("cell", "key"), [(cell, row.key) for cell in CELLS for row in rc.QUANTITIES.of(cell)])
def test_the_chosen_quantity_is_the_one_chart_of_it(open_page: Open, cell: str, key: str) -> None:
    at = open_page(page="cell", cell=cell, quantity=key)
    np.testing.assert_array_equal(chart(at, f"chart_{key}")["z"], layer(cell)[key].T)
    assert at.pills(key="quantity").value == key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_quantity_that_the_cell_lacks_is_said_and_not_chosen_any_more(open_page: Open, lang: str) -> None:
    lacking = next(row.key for row in rc.QUANTITIES if row.cells == ("lstm",))
    at = open_page(page="cell", lang=lang, quantity=lacking)
    at.segmented_control(key="cell").set_value("gru").run()
    assert chart(at, f"chart_{STATE}")["z"].shape == (16, 6)
    assert at.pills(key="quantity").value == at.query_params["quantity"] == STATE
    name = text(f"quantities.{lacking}.name", lang)
    assert name not in [option.strip() for option in at.pills(key="quantity").options]
    assert text("cell.absent", lang, cell="GRU", name=name, instead=text("cell.instead", lang)) in html(at)
    at.run()
    assert name not in html(at)


def test_similar_units_are_neighbours_on_request(open_page: Open) -> None:
    h = layer("lstm")[STATE]
    order = list(comparison.similarity_order(h))
    assert order != list(range(16))
    at = open_page(page="cell", order="similar")
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}")["z"], h.T[order])


def test_the_lines_are_the_chosen_unit_and_the_liveliest(open_page: Open) -> None:
    h = layer("lstm")[STATE]
    at = open_page(page="cell", chart="lines", unit="4")
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}")["y"], h[:, 3])


def test_the_ledger_is_the_chosen_unit_s_and_adds_up(open_page: Open) -> None:
    recorded = layer("lstm", 32)
    at = open_page(page="cell", hidden="32", unit="20")
    parts = rc.QUANTITIES["cell_state"].forms["lstm"].parts
    np.testing.assert_array_equal(chart(at, "chart_ledger")["y"], recorded[parts[0]][:, 19])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_unit_that_the_network_lacks_is_replaced_by_its_last_and_said(open_page: Open, lang: str) -> None:
    at = open_page(page="cell", lang=lang, unit="40", hidden="8")
    assert [warning.value for warning in at.warning] == [text("cell.no_unit", lang, given=40, last=8)]


def test_a_button_names_its_word_with_a_gloss_or_a_number_where_they_help() -> None:
    seen = selection.Chosen(
        rc.QUANTITIES[STATE], 0, None, ("天気", "は", "は", "あ" * 20), ("weather", "topic", "topic", "")
    )
    assert seen.names("ja") == {1: "天気", 2: "は 2", 3: "は 3", 4: "あ" * 11 + "…"}
    assert seen.names("en") == {1: "天気 weather", 2: "は topic 2", 3: "は topic 3", 4: "あ" * 11 + "…"}


@pytest.mark.parametrize(
    ("spot", "after"),
    [
        (Spot(3, 7, STATE), {"t": 3, "unit": 7, "quantity": STATE}),
        (Spot(2, None, None), {"t": 2}),
    ],
)
def test_where_the_reader_rests_becomes_the_choice(spot: Spot, after: dict[str, object]) -> None:
    assert selection.rested(spot) == after
