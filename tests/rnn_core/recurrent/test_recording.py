"""`record` against torch itself and against the textbook loop, over the whole grid of configurations."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import rnn_core as rc
from tests.rnn_core import cases

if TYPE_CHECKING:
    from pathlib import Path

GRID = list(cases.configurations())


def label(case) -> str:
    return f"{case[0]}-" + "-".join(f"{key}={value}" for key, value in case[1].items() if value)


@pytest.mark.parametrize("case", GRID, ids=label)
@pytest.mark.parametrize("batch", [None, 2])
def test_output_and_states_are_torchs_own(case, batch) -> None:
    cell, options = case
    module = cases.build(cell, **options)
    x, state = cases.inputs(batch=batch, first=options["batch_first"]), cases.state(module, batch=batch)
    trace = rc.record(module, x, state)
    with torch.no_grad():
        want, last = module(x, state)
    np.testing.assert_array_equal(trace.output, want.numpy())
    assert trace.parity <= 1e-12
    assert (trace.cell, len(trace)) == (cell, cases.T)
    h_n = (last[0] if cell == "lstm" else last).numpy()
    for layer, directions in enumerate(trace.layers):
        for d, found in enumerate(directions):
            row = h_n[layer * len(directions) + d]
            np.testing.assert_allclose(found["hidden_state"][-1 if d == 0 else 0], row, rtol=0, atol=1e-12)
            if cell == "lstm":
                c_n = last[1].numpy()[layer * len(directions) + d]
                np.testing.assert_allclose(found["cell_state"][-1 if d == 0 else 0], c_n, rtol=0, atol=1e-12)


@pytest.mark.parametrize("case", GRID, ids=label)
def test_every_quantity_is_the_textbooks(case) -> None:
    cell, options = case
    module = cases.build(cell, **options)
    x, state = cases.inputs().numpy(), cases.state(module)
    trace = rc.record(module, x, state)
    h0, c0 = (state[0].numpy(), state[1].numpy()) if cell == "lstm" else (state.numpy(), None)
    layer_input = x
    for layer, directions in enumerate(trace.layers):
        for d, found in enumerate(directions):
            row = layer * len(directions) + d
            want = cases.textbook(
                module, layer_input, layer, "_reverse" if d else "", h0[row], None if c0 is None else c0[row]
            )
            assert list(found) == [quantity.key for quantity in rc.QUANTITIES.of(cell)]
            for key, values in found.items():
                np.testing.assert_allclose(values, want[key], rtol=0, atol=1e-12, err_msg=key)
        layer_input = np.concatenate([found["hidden_state"] for found in directions], axis=-1)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("cell", cases.KINDS)
def test_the_last_equation_holds_to_the_last_bit(cell, dtype) -> None:
    found = rc.record(cases.build(cell, dtype=dtype), cases.inputs(dtype=dtype)).layers[0][0]
    h = {
        "rnn": lambda: np.tanh(found["preactivation"]),
        "lstm": lambda: found["output_gate"] * np.tanh(found["kept"] + found["written"]),
        "gru": lambda: found["kept"] + found["written"],
    }[cell]()
    np.testing.assert_array_equal(h, found["hidden_state"])


@pytest.mark.parametrize("cell", cases.KINDS)
def test_float32_is_within_its_rounding(cell) -> None:
    module = cases.build(cell, dtype=torch.float32)
    x = cases.inputs(dtype=torch.float32)
    trace = rc.record(module, x)
    with torch.no_grad():
        np.testing.assert_array_equal(trace.output, module(x)[0].numpy())
    assert trace.output.dtype == np.float32
    assert 0 < trace.parity <= 1e-5


@pytest.mark.parametrize("cell", cases.KINDS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**16), length=st.integers(1, 6), cut=st.integers(1, 6))
def test_later_inputs_leave_earlier_steps_unchanged(cell, seed, length, cut) -> None:
    module = cases.build(cell, seed, bidirectional=True)
    torch.manual_seed(seed)
    x = torch.randn(length + cut, cases.D, dtype=torch.float64)
    whole, forward = rc.record(module, x), rc.record(module, x[:length])
    backward = rc.record(module, x[cut:])
    for key in whole.layers[0][0]:
        np.testing.assert_allclose(whole.layers[0][0][key][:length], forward.layers[0][0][key], rtol=0, atol=1e-13)
        np.testing.assert_allclose(whole.layers[0][1][key][cut:], backward.layers[0][1][key], rtol=0, atol=1e-13)


@pytest.mark.parametrize("cell", cases.KINDS)
def test_a_batch_equals_its_members(cell) -> None:
    module = cases.build(cell, num_layers=2, bidirectional=True)
    x = cases.inputs(batch=3)
    together = rc.record(module, x)
    for b in range(3):
        alone = rc.record(module, x[:, b])
        for layer in range(2):
            for d in range(2):
                for key, values in alone.layers[layer][d].items():
                    np.testing.assert_allclose(together.layers[layer][d][key][:, b], values, rtol=0, atol=1e-13)


@pytest.mark.parametrize("cell", cases.KINDS)
def test_permuting_units_permutes_columns(cell) -> None:
    module = cases.build(cell)
    order = [3, 0, 4, 1, 2]
    gates = {"rnn": 1, "lstm": 4, "gru": 3}[cell]
    stacked = [gate * cases.H + unit for gate in range(gates) for unit in order]
    mixed = copy.deepcopy(module)
    with torch.no_grad():
        for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"):
            getattr(mixed, name).copy_(getattr(module, name)[stacked])
        mixed.weight_hh_l0.copy_(mixed.weight_hh_l0[:, order].clone())
    x = cases.inputs()
    before, after = rc.record(module, x), rc.record(mixed, x)
    for key, values in before.layers[0][0].items():
        np.testing.assert_allclose(after.layers[0][0][key], values[:, order], rtol=0, atol=1e-13)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**16), scale=st.floats(0, 1e6))
@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_gates_lie_in_the_closed_unit_interval(cell, seed, scale) -> None:
    trace = rc.record(cases.build(cell, seed), cases.inputs(seed) * scale)
    for row in rc.QUANTITIES.of(cell):
        if row.bounds:
            low, high = row.bounds
            values = trace.layers[0][0][row.key]
            assert ((values >= low) & (values <= high)).all(), row.key


def test_a_state_that_overflows_is_recorded_as_it_is() -> None:
    module = nn.RNN(1, 1, nonlinearity="relu", bias=False)
    with torch.no_grad():
        module.weight_hh_l0.fill_(1e20)
        module.weight_ih_l0.fill_(1.0)
    trace = rc.record(module, torch.ones(5, 1))
    assert np.isinf(trace.output[-1]).all()
    assert trace.parity == 0


@pytest.mark.parametrize("fails", [False, True])
def test_the_module_comes_back_as_it_was(fails) -> None:
    module = cases.build("lstm", num_layers=2)
    module.train()
    module.dropout = 0.5
    module.weight_hh_l0.requires_grad_(False)
    module(cases.inputs())[0].sum().backward()
    seen = []
    module.register_forward_hook(lambda *_: seen.append(1))
    before = {name: (p.clone(), p.requires_grad, p.grad) for name, p in module.named_parameters()}
    if fails:
        with pytest.raises(rc.KiokuError):
            rc.record(module, torch.randn(3, 99, dtype=torch.float64))
    else:
        first, second = rc.record(module, cases.inputs()), rc.record(module, cases.inputs())
        np.testing.assert_array_equal(first.output, second.output)  # dropout is off
    assert module.training
    assert module.dropout == 0.5
    assert not seen
    for name, parameter in module.named_parameters():
        values, needed, grad = before[name]
        assert torch.equal(parameter, values)
        assert parameter.requires_grad == needed
        assert parameter.grad is grad
    module(cases.inputs())[0].sum().backward()  # it can still be trained


def test_recording_leaves_the_random_state_alone() -> None:
    module, x = cases.build("gru", num_layers=2, dropout=0.5), cases.inputs()
    before = torch.get_rng_state()
    rc.record(module, x)
    assert torch.equal(torch.get_rng_state(), before)


def test_arrays_cannot_be_written() -> None:
    trace = rc.record(cases.build("lstm"), cases.inputs())
    for values in (trace.output, *trace.layers[0][0].values()):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0


def test_a_recorded_trace_does_not_change_with_the_module_or_the_inputs() -> None:
    module, x = cases.build("gru"), cases.inputs()
    trace = rc.record(module, x)
    kept = trace.layers[0][0]["hidden_state"].copy()
    with torch.no_grad():
        module.weight_hh_l0.zero_()
    x.zero_()
    np.testing.assert_array_equal(trace.layers[0][0]["hidden_state"], kept)


@pytest.mark.parametrize("cell", cases.KINDS)
def test_a_pruned_or_parametrised_weight_is_the_one_in_force(cell) -> None:
    module = cases.build(cell)
    torch.nn.utils.parametrizations.weight_norm(module, "weight_hh_l0")
    with torch.no_grad():
        module.parametrizations.weight_hh_l0.original0.mul_(3)
    x = cases.inputs()
    with torch.no_grad():
        want = module(x)[0]
    np.testing.assert_allclose(rc.record(module, x).output, want.numpy(), rtol=0, atol=1e-13)


@pytest.mark.parametrize("clamps", [(), (rc.Clamp("forget_gate", 0.5),)])
def test_what_is_kept_is_what_it_is_in_the_whole_trace_and_takes_its_own_memory_alone(clamps: tuple) -> None:
    module, inputs = nn.LSTM(3, 4, num_layers=2, bidirectional=True), torch.randn(5, 2, 3)
    whole = rc.record(module, inputs, clamps=clamps)
    kept = rc.record(module, inputs, clamps=clamps, keep=["forget_gate"])
    for mine, others in zip(kept.layers, whole.layers, strict=True):
        for one, other in zip(mine, others, strict=True):
            assert list(one) == ["forget_gate", "hidden_state"]
            assert all((one[key] == other[key]).all() and one[key].base is None for key in one)
    np.testing.assert_array_equal(kept.output, whole.output)
    np.testing.assert_array_equal(kept.h_n, whole.h_n)
    with pytest.raises(rc.KiokuError, match="forget_gate, hidden_state"):
        _ = kept["cell_state"]


def test_what_is_kept_is_so_in_a_padded_batch_in_one_sequence_and_in_a_file(tmp_path: Path) -> None:
    module, inputs = nn.GRU(3, 4), torch.randn(5, 2, 3)
    trace = rc.record(module, inputs, lengths=[5, 2], keep=("update_gate",))
    assert list(trace) == list(trace.sequence(1)) == ["update_gate", "hidden_state"]
    trace.save(tmp_path / "kept.safetensors")
    assert rc.load_trace(tmp_path / "kept.safetensors") == trace
    assert trace.sequence(0)._repr_html_().count("<img") == 2
    assert list(rc.record(module, inputs, keep=())) == ["hidden_state"]
    assert list(rc.record(module, inputs, keep="update_gate")) == ["update_gate", "hidden_state"]


def test_what_is_to_be_kept_is_spelt_as_the_cell_has_it() -> None:
    with pytest.raises(rc.KiokuError) as caught:
        rc.record(nn.GRU(3, 4), torch.randn(5, 3), keep=["forget"])
    assert caught.value.code.startswith("unknown_quantity")
