"""The circuit's wires against torch: what stands on them adds up to what the layer computed."""

import numpy as np
import pytest
import torch

from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.recurrent.circuit import WIRES, WORKED, compute_wires, equations, limits, wires
from rnn_core.recurrent.clamps import Clamp
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.trace import LayerTrace

MODULES = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
STEPS, SIZE, UNITS = 7, 5, 6


def case(cell, dtype=torch.float64, bias=True, clamps=(), steps=STEPS):
    """A fresh layer's trace and the values on its wires, as one mapping (T, H)."""
    torch.manual_seed(3)
    module = MODULES[cell](SIZE, UNITS, bias=bias, dtype=dtype)
    inputs = 2 * torch.randn(steps, SIZE, dtype=dtype)
    layer = record(module, inputs, clamps=clamps).layers[0][0]
    weights = {name: tensor.detach().numpy() for name, tensor in module.named_parameters()}
    return layer, compute_wires(layer, inputs.numpy(), weights)


def add_up(line, values):
    """What a line of keys and operators gives: products before sums, `tanh(` around all."""
    squash = line[0] == "tanh("
    terms = [1.0]
    for part in line[1:-1] if squash else line:
        if part == "+":
            terms.append(1.0)
        elif part != "×":
            terms[-1] = terms[-1] * values[part]
    return np.tanh(sum(terms)) if squash else sum(terms)


@pytest.mark.parametrize("bias", [True, False], ids=["bias", "no bias"])
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, 4e-15), (torch.float32, 1e-6)], ids=str)
@pytest.mark.parametrize(("cell", "key"), [(cell, key) for cell in CELLS for key in WORKED[cell]])
def test_every_worked_line_gives_the_traces_own_number(cell, key, dtype, tolerance, bias):
    layer, on_wires = case(cell, dtype, bias)
    values = {**layer, **on_wires}
    for line in WORKED[cell][key]:
        np.testing.assert_allclose(add_up(line, values), layer[key], rtol=0, atol=tolerance)


@pytest.mark.parametrize("cell", CELLS)
def test_each_declared_wire_is_computed_and_nothing_else(cell):
    layer, on_wires = case(cell, torch.float32)
    assert set(on_wires) == {wire.key for wire in wires(cell)}
    assert {(values.shape, values.dtype) for values in on_wires.values()} == {((STEPS, UNITS), np.dtype("float32"))}
    assert not set(on_wires) & set(layer)


@pytest.mark.parametrize("cell", CELLS)
def test_the_state_before_a_step_is_the_state_after_the_last_one(cell):
    layer, on_wires = case(cell)
    assert (on_wires["hidden_before"][0] == 0).all()
    assert (on_wires["hidden_before"][1:] == layer["hidden_state"][:-1]).all()


def test_the_sum_of_a_gru_is_its_two_shares_and_its_tanh_the_candidate():
    layer, on_wires = case("gru")
    np.testing.assert_allclose(on_wires["input"] + on_wires["admitted"], on_wires["summed"], atol=1e-15)
    np.testing.assert_allclose(np.tanh(on_wires["summed"]), layer["candidate"], atol=4e-15)
    assert (on_wires["let_in"] == 1 - layer["update_gate"]).all()


def test_the_wires_follow_a_clamp():
    _, before = case("lstm")
    _, after = case("lstm", clamps=[Clamp("forget_gate", 0.0, steps=2)])
    np.testing.assert_allclose(after["cell_before"][:3], before["cell_before"][:3], atol=1e-15)
    assert np.abs(after["cell_before"][3] - before["cell_before"][3]).max() > 0.01


@pytest.mark.parametrize("cell", CELLS)
def test_a_sequence_of_one_step(cell):
    _, on_wires = case(cell, steps=1)
    assert (on_wires["hidden_before"] == 0).all()


@pytest.mark.parametrize(("wire", "cell"), [(wire, cell) for wire in WIRES for cell in wire.forms], ids=str)
def test_a_wire_belongs_to_a_quantity_of_its_cell(wire, cell):
    assert cell in QUANTITIES[wire.belongs[cell]].forms


@pytest.mark.parametrize("cell", CELLS)
def test_the_equations_are_the_tables_without_the_addends(cell):
    shown = [equation.key for equation in equations(cell)]
    assert shown == [row.key for row in QUANTITIES.of(cell) if row.key not in ("kept", "written")]
    assert all(equation.formula == QUANTITIES[equation.key].forms[cell].equation for equation in equations(cell))


@pytest.mark.parametrize("cell", CELLS)
def test_a_wire_shares_the_scale_of_its_quantity(cell):
    layer, on_wires = case(cell)
    ends = limits([layer], [on_wires])
    assert set(ends) == {row.key for row in QUANTITIES.of(cell)} | {wire.key for wire in wires(cell)}
    assert ends["hidden_before"] == ends["hidden_state"] == (-1.0, 1.0)
    assert {wire.key: ends[wire.key] for wire in wires(cell) if wire.scale == "share"} in ({}, {"let_in": (0.0, 1.0)})
    for wire in wires(cell):
        if wire.group == "ledger":
            assert ends[wire.key] == QUANTITIES["cell_state"].limits(layer)


def test_what_is_compared_shares_one_scale():
    layer, on_wires = case("lstm")
    larger = LayerTrace("lstm", {key: 3 * values for key, values in layer.items()})
    assert limits([layer, larger], [on_wires, on_wires])["cell_before"] == QUANTITIES["cell_state"].limits(
        layer, larger
    )
    assert limits([layer, larger], [on_wires, on_wires])["cell_before"] != limits([layer], [on_wires])["cell_before"]


def test_the_sums_of_a_gru_have_one_scale_that_holds_nearly_all_of_them():
    _, on_wires = case("gru")
    layer, _ = case("gru")
    ends = limits([layer], [on_wires])
    sizes = np.abs(np.concatenate([on_wires[key].ravel() for key in ("recurrent", "input", "admitted", "summed")]))
    assert ends["recurrent"] == ends["input"] == ends["admitted"] == ends["summed"]
    assert 0.94 < np.mean(sizes <= ends["summed"][1]) < 1
