"""The table of quantities, and the colour scales that follow from it."""

from __future__ import annotations

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.messages import LANGUAGES, text
from rnn_core.quantities import CELLS, QUANTITIES, Table, colour_limit

KEYS = {  # what is promised to users of the library; there may be more
    "rnn": ["preactivation", "hidden_state"],
    "lstm": [
        "input_gate", "forget_gate", "cell_candidate", "output_gate", "kept", "written", "cell_state", "hidden_state",
    ],
    "gru": ["reset_gate", "update_gate", "candidate", "kept", "written", "hidden_state"],
}  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_each_cell_has_its_keys(cell) -> None:
    assert [row.key for row in QUANTITIES.of(cell) if row.key in KEYS[cell]] == KEYS[cell]
    assert QUANTITIES.state(cell).key == "hidden_state"


@pytest.mark.parametrize("row", QUANTITIES, ids=lambda row: row.key)
def test_each_row_is_named_in_both_languages_and_scaled_by_its_range(row) -> None:
    assert all(text(f"quantities.{row.key}.name", lang) for lang in LANGUAGES)
    assert row.forms
    assert bool(row.cells) == (row.axes == ("time", "unit"))
    assert (row.scale == "share") == (row.bounds == (0.0, 1.0))
    assert row.bounds is not None or row.group is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ends_of_a_gate_are_said_and_only_of_a_gate(lang: str) -> None:
    gates = {row.key for row in QUANTITIES if row.gate}
    assert gates == {"input_gate", "forget_gate", "output_gate", "reset_gate", "update_gate"}
    for key in gates:
        said = [text(f"quantities.{key}.{end}", lang) for end in ("low", "high")]
        assert [one[0] for one in said] == ["0", "1"]


STATE_BEFORE = {"forget_gate": "cell_state", "update_gate": "hidden_state"}


@pytest.mark.parametrize("key", [*STATE_BEFORE, "input_gate", "output_gate", "reset_gate"])
def test_a_gate_does_at_its_ends_what_is_said(key: str) -> None:
    """1 keeps and 0 erases (f, z), 1 writes and 0 blocks (i), 1 shows and 0 hides (o), 1 uses and 0 ignores (r)."""
    row, cell = QUANTITIES[key], QUANTITIES[key].cells[0]
    spec, words = rc.ModelSpec(cell=cell, hidden=8), ("今日", "は", "天気", "が")

    def held(value: float, *more: rc.Clamp) -> dict[str, np.ndarray]:
        return dict(rc.run(spec, words, (rc.Clamp(key, value), *more)).layer())

    shut, wide = held(0.0), held(1.0)
    if key in STATE_BEFORE:
        state = STATE_BEFORE[key]
        assert (shut["kept"] == 0).all()
        np.testing.assert_array_equal(wide["kept"][1:], wide[state][:-1])
    elif key == "input_gate":
        assert (shut["written"] == 0).all()
        np.testing.assert_array_equal(wide["written"], wide["cell_candidate"])
    elif key == "output_gate":
        assert (shut["hidden_state"] == 0).all()
        np.testing.assert_array_equal(wide["hidden_state"], wide["cell_output"])
    else:
        # with r = 0 the candidate is that of a first word: it has no state before it
        model = rc.run(spec, words[1:2], (rc.Clamp(key, 0.0),)).layer()
        np.testing.assert_allclose(shut["candidate"][1], model["candidate"][0], atol=1e-6)
        assert not np.allclose(wide["candidate"][1], shut["candidate"][1])
    assert row.gate


def test_bounded_quantities_keep_their_bounds() -> None:
    layer = {"hidden_state": np.array([[0.1, -0.2]]), "forget_gate": np.array([[0.4]])}
    assert QUANTITIES["hidden_state"].limits(layer) == (-1, 1)
    assert QUANTITIES["forget_gate"].limits(layer) == (0, 1)


def test_what_leaves_its_bounds_gets_a_symmetric_scale() -> None:
    layer = {"hidden_state": np.array([[2.53, -0.2]])}  # a relu RNN
    assert QUANTITIES["hidden_state"].limits(layer) == (-2.6, 2.6)


def test_a_group_and_a_comparison_share_one_limit() -> None:
    rng = np.random.default_rng(0)
    small, big = (
        {key: rng.normal(size=(6, 8)) * size for key in ("kept", "written", "cell_state")} for size in (1.0, 4.0)
    )
    both = QUANTITIES["kept"].limits(small, big)
    assert both == QUANTITIES["cell_state"].limits(big, small)
    sizes = np.concatenate([np.abs(values).ravel() for layer in (small, big) for values in layer.values()])
    assert np.mean(sizes <= both[1]) >= 0.95
    assert both[0] == -both[1]


def test_a_limit_survives_nan_and_inf() -> None:
    layer = {"preactivation": np.array([[np.nan, np.inf, 3.0]])}
    assert QUANTITIES["preactivation"].limits(layer) == (-3.0, 3.0)
    assert QUANTITIES["preactivation"].limits({"preactivation": np.array([[np.nan]])}) == (-1.0, 1.0)


def test_unknown_rows_and_cells_are_kioku_errors() -> None:
    with pytest.raises(rc.KiokuError, match="speed"):
        QUANTITIES["speed"]
    with pytest.raises(rc.KiokuError, match="perceptron"):
        QUANTITIES.of("perceptron")
    assert "speed" not in QUANTITIES


def test_a_table_counts_and_holds_its_rows() -> None:
    table = Table(tuple(QUANTITIES))
    assert len(table) == len(list(table)) == len(QUANTITIES)


def test_attention_has_axes_of_its_own_and_is_no_quantity_of_a_cell() -> None:
    row = QUANTITIES["attention"]
    assert (row.axes, row.scale, row.bounds, row.cells) == (("target", "source"), "share", (0.0, 1.0), ())
    assert row not in QUANTITIES.over_time
    assert {row.key for row in QUANTITIES.over_time} == {row.key for cell in CELLS for row in QUANTITIES.of(cell)}
    assert all(row not in QUANTITIES.of(cell) for cell in CELLS)


def test_a_layer_of_a_transformer_has_its_states_and_is_no_cell() -> None:
    (state,) = QUANTITIES.of("transformer")
    assert state.key == KEYS["rnn"][-1]
    assert "transformer" not in (*CELLS, *state.cells)


def test_the_scale_reaches_as_far_as_nearly_all_values_ask_but_never_less_than_1() -> None:
    assert colour_limit(np.full(4, 0.2), np.full(4, -0.9)) == 1
    assert colour_limit(np.full(40, -2.31)) == 2.4
    assert colour_limit(np.r_[np.full(99, 0.5), 60.0]) == 1
