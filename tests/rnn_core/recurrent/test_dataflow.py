"""The arrows of a circuit are those of the equations, and no two boxes stand in one place."""

from __future__ import annotations

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.recurrent.dataflow import BEFORE, SOURCES, places, step_values
from tests.rnn_core.cases import build, inputs


@pytest.mark.parametrize("cell", CELLS)
def test_every_quantity_has_a_place_of_its_own_behind_its_sources(cell: str) -> None:
    where = places(cell)
    assert where.keys() - BEFORE.keys() == {row.key for row in QUANTITIES.of(cell)}
    assert len(set(where.values())) == len(where)
    assert all(where[source][0] < where[key][0] for key, sources in SOURCES[cell].items() for source in sources)


@pytest.mark.parametrize("direction", [0, 1])
def test_the_numbers_are_made_of_their_sources(direction: int) -> None:
    trace = rc.record(build("lstm", bidirectional=True), inputs())
    values = step_values(trace.layers[0][direction], 3, 2, direction)
    product = {"kept": ("cell_before", "forget_gate"), "written": ("input_gate", "cell_candidate")}
    product |= {"hidden_state": ("output_gate", "cell_output")}
    for key, factors in product.items():
        assert values[key] == pytest.approx(np.prod([values[factor] for factor in factors]), abs=1e-12)
    values = step_values(rc.record(build("gru"), inputs()).layers[0][0], 3, 2)
    assert values["kept"] == pytest.approx(values["update_gate"] * values["hidden_before"], abs=1e-12)


@pytest.mark.parametrize(("direction", "first"), [(0, 0), (1, 6)])
def test_nothing_is_known_before_the_first_step(direction: int, first: int) -> None:
    trace = rc.record(build("gru", bidirectional=True), inputs())
    assert BEFORE.keys() & step_values(trace.layers[0][direction], first, 0, direction).keys() == set()
