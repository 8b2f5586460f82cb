from __future__ import annotations

import base64

import numpy as np
import pytest

from pages._ui.components import tracks
from rnn_core.quantities import CELLS, QUANTITIES
from tests.rnn_core.figures.cases import layer


@pytest.mark.parametrize("cell", CELLS)
def test_gates_then_states_are_packed_with_every_value(cell: str) -> None:
    traced = layer(cell, steps=5, units=3)
    rows = tracks.shown(traced)
    assert [row.gate for row in rows] == sorted((row.gate for row in rows), reverse=True)
    assert {row.key for row in rows} >= {row.key for row in QUANTITIES.of(cell) if row.gate}
    assert rows[-1] == QUANTITIES.state(cell)
    for row, packed in zip(rows, tracks.pack("en", traced), strict=True):
        values = np.frombuffer(base64.b64decode(packed["values"]), np.float32).reshape(5, packed["units"])
        np.testing.assert_array_equal(values, traced[row.key])
        assert packed["symbol"] == row.forms[cell].symbol
