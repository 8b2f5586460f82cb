"""All gates in one figure: each map has its own numbers, and one scale holds them all."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from rnn_core.errors import KiokuError
from rnn_core.figures import Theme, gates
from rnn_core.quantities import QUANTITIES
from tests.rnn_core.figures.cases import LOOKS, WORDS, layer, sound, traces

GATES = {"lstm": ("input_gate", "forget_gate", "output_gate"), "gru": ("reset_gate", "update_gate")}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("cell", GATES)
def test_each_gate_has_its_map_under_its_name(cell: str, lang: str) -> None:
    recorded = layer(cell)
    for theme in LOOKS:
        shown = sound(gates(recorded, WORDS, lang=lang, theme=theme))
        for at, (trace, key) in enumerate(zip(traces(shown), GATES[cell], strict=True)):
            np.testing.assert_array_equal(trace["z"], recorded[key].T)
            assert (trace["zmin"], trace["zmax"]) == QUANTITIES[key].bounds
            assert trace["yaxis"] == ("y" if at == 0 else f"y{at + 1}")
    assert shown.table[next(reversed(shown.table))].tolist() == recorded[GATES[cell][-1]][:, -1].tolist()


def test_the_maps_do_not_overlap() -> None:
    layout = gates(layer("lstm"), WORDS, lang="en", theme=Theme()).figure.parts["layout"]
    domains = [layout[axis]["domain"] for axis in ("yaxis", "yaxis2", "yaxis3")]
    assert all(upper[0] > lower[1] for upper, lower in pairwise(domains))
    assert domains[0][1] < 1
    assert domains[-1][0] == pytest.approx(0)


def test_a_clamped_gate_beyond_its_range_widens_the_scale_of_all() -> None:
    recorded = layer("gru", update_gate=np.full((6, 8), 2, np.float32))
    shown = gates(recorded, WORDS, lang="en", theme=Theme())
    assert {(trace["zmin"], trace["zmax"]) for trace in traces(shown)} == {(-2.0, 2.0)}
    assert (shown.legend.low, shown.legend.high) == ("−2", "2")


def test_the_finding_has_the_means() -> None:
    recorded = layer("gru", reset_gate=np.full((1, 2), 0.25), update_gate=np.full((1, 2), 1.0), steps=1, units=2)
    assert "reset gate 0.25, update gate 1.00" in gates(recorded, ["a"], lang="en", theme=Theme()).finding


def test_a_cell_without_gates_is_an_error() -> None:
    with pytest.raises(KiokuError, match="lstm, gru") as raised:
        gates(layer("rnn"), WORDS, lang="en", theme=Theme())
    assert raised.value.code == "no_gates"
