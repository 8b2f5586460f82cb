from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages.reading import picture

if TYPE_CHECKING:
    from tests.pages.conftest import Open

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
