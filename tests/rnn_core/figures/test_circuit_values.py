"""The circuit shows the numbers of the trace, and draws arrows only between what is there."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_core.errors import KiokuError
from rnn_core.figures import Theme, circuit_values
from rnn_core.quantities import CELLS, QUANTITIES
from tests.rnn_core.figures.cases import LOOKS, WORDS, layer, sound, traces


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("cell", CELLS)
def test_every_quantity_of_the_cell_is_a_box_with_its_number(cell: str, lang: str) -> None:
    recorded = layer(cell)
    for theme in LOOKS:
        shown = sound(circuit_values(recorded, 2, WORDS, lang=lang, theme=theme, unit=3))
        (boxes,) = traces(shown)
        numbers = sorted(boxes["customdata"])
        own = [float(recorded[row.key][2, 3]) for row in QUANTITIES.of(cell)]
        before = float(recorded["cell_state" if cell == "lstm" else "hidden_state"][1, 3])
        assert numbers == sorted([*own, before])


def test_the_state_before_the_first_step_is_left_out_and_so_are_its_arrows() -> None:
    recorded = layer("lstm")
    first, later = (circuit_values(recorded, step, WORDS, lang="en", theme=Theme(), unit=0) for step in (0, 1))
    arrows = [
        sum(bool(note["showarrow"]) for note in one.figure.parts["layout"]["annotations"]) for one in (first, later)
    ]
    assert arrows == [8, 9]
    assert len(traces(first)[0]["customdata"]) == len(traces(later)[0]["customdata"]) - 1


def test_without_a_unit_it_is_the_largest_at_that_step() -> None:
    states = np.zeros((6, 8))
    states[2, 5] = -0.9
    shown = circuit_values(layer("rnn", hidden_state=states), 2, WORDS, lang="en", theme=Theme())
    assert "unit 6" in shown.title
    assert "−0.90" in shown.finding


def test_a_number_that_is_not_finite_has_no_colour_of_a_scale() -> None:
    theme = Theme()
    values = np.full((6, 8), np.nan)
    shown = sound(circuit_values(layer("rnn", hidden_state=values), 2, WORDS, lang="en", theme=theme, unit=0))
    assert theme["surface"] in traces(shown)[0]["marker"]["color"]
    assert "NaN" in shown.finding


def test_a_layer_that_reads_backwards_comes_from_the_next_step() -> None:
    recorded = layer("gru")
    shown = circuit_values(recorded, 2, WORDS, lang="en", theme=Theme(), unit=1, direction=1)
    assert float(recorded["hidden_state"][3, 1]) in traces(shown)[0]["customdata"]


@pytest.mark.parametrize("bad", [{"step": 6}, {"step": -1}, {"unit": 8}, {"tokens": ["a"]}])
def test_what_is_not_there_is_an_error(bad: dict[str, object]) -> None:
    asked = {"step": 0, "tokens": WORDS, **bad}
    with pytest.raises(KiokuError):
        circuit_values(layer("gru"), lang="en", theme=Theme(), **asked)


def test_a_projection_has_no_circuit_of_one_unit() -> None:
    with pytest.raises(KiokuError) as raised:
        circuit_values(layer("lstm", hidden_state=np.zeros((6, 2))), 0, WORDS, lang="en", theme=Theme())
    assert raised.value.code == "circuit_projection"
