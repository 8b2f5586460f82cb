"""minGRU and minLSTM: the equations, the scan against the loop, and what is refused."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.models.initial_values import InitialValues
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.minimal import MODULES, MinGRU, MinimalCell, MinLSTM
from rnn_core.runtime import generator

KINDS = tuple(MODULES.values())


def build(kind: type[MinimalCell], seed: int = 0, *, batch_first: bool = False) -> MinimalCell:
    with InitialValues(seed):
        return kind(3, 4, batch_first)


def inputs(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=generator(seed))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("dtype", "most"), [(torch.float32, 2e-6), (torch.float64, 3e-15)])
@pytest.mark.parametrize("steps", [1, 6, 4096])
def test_the_scan_is_the_loop(kind: type[MinimalCell], dtype: torch.dtype, most: float, steps: int) -> None:
    layer, x = build(kind).to(dtype), inputs(steps, 3).to(dtype)
    gap = (layer(x)[0] - layer(x, loop=True)[0]).abs().max()
    assert gap <= most


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 99), st.integers(1, 9), st.booleans())
def test_every_quantity_follows_from_its_equation(kind, seed, steps, started) -> None:
    layer, x = build(kind, seed).double(), inputs(steps, 2, 3, seed=seed).double()
    state = inputs(1, 2, 4, seed=seed + 1).double() if started else None
    trace = rc.record(layer, x, state)
    assert list(trace) == [row.key for row in QUANTITIES.of(layer.cell)]
    h = torch.zeros(2, 4, dtype=torch.float64) if state is None else state[0]
    weight, bias = layer.linear.weight.detach(), layer.linear.bias.detach()
    for t in range(steps):
        *gates, n = (x[t] @ weight.T + bias).chunk(layer.blocks, dim=-1)
        if kind is MinGRU:
            keep = gates[0].sigmoid()
        else:
            i, f = (gate.sigmoid() for gate in gates)
            keep = f / (f + i)
        assert torch.allclose(torch.tensor(trace["kept"][t]), keep * h, atol=1e-14)
        h = keep * h + (1 - keep) * n
        assert torch.allclose(torch.tensor(trace["hidden_state"][t]), h, atol=1e-14)
    assert trace.parity <= 3e-15
    assert torch.allclose(torch.tensor(trace.output[-1]), layer(x, state)[1][0].detach(), atol=1e-14)


@pytest.mark.parametrize("kind", KINDS)
def test_layouts_are_torchs(kind: type[MinimalCell]) -> None:
    x = inputs(2, 6, 3)
    first, plain = build(kind, batch_first=True), build(kind)
    states, last = first(x)
    assert states.shape == (2, 6, 4)
    assert torch.equal(states.transpose(0, 1), plain(x.transpose(0, 1))[0])
    assert rc.record(first, x).output.shape == (2, 6, 4)
    assert rc.record(first, x[0]).output.shape == (6, 4)
    assert last.shape == (1, 2, 4)


def test_gradients_of_scan_and_loop_are_one() -> None:
    layer, x = build(MinGRU).double(), inputs(9, 3).double()
    found = []
    for loop in (False, True):
        layer.zero_grad()
        layer(x, loop=loop)[0].square().sum().backward()
        found.append(layer.linear.weight.grad.clone())
    assert torch.allclose(*found, atol=1e-13)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"inputs": torch.zeros(6, 2)}, "wrong_input_size"),
        ({"inputs": torch.zeros(0, 3)}, "empty_inputs"),
        ({"inputs": torch.full((2, 3), torch.nan)}, "not_finite"),
        ({"inputs": torch.zeros(6, 3), "state": torch.zeros(1, 5)}, "wrong_state_shape"),
        ({"inputs": torch.zeros(6, 3), "clamps": [rc.Clamp("update_gate", 0.0)]}, "unknown_quantity"),
        ({"inputs": torch.zeros(6, 3), "clamps": [rc.Clamp("forget_gate", 0.0, units=4)]}, "clamp_range"),
        ({"inputs": torch.zeros(6, 3), "clamps": [rc.Clamp("forget_gate", 0.0, layer=1)]}, "clamp_range"),
        ({"inputs": torch.zeros(6, 3), "clamps": "forget_gate"}, "not_clamps"),
        ({"inputs": torch.zeros(2, 6, 3), "lengths": [2, 1]}, "minimal_whole"),
    ],
)
def test_what_cannot_be_recorded_is_refused(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(rc.KiokuError) as caught:
        rc.record(build(MinLSTM), **wrong)
    assert caught.value.code == code


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 99), st.integers(1, 7), st.data())
def test_a_clamp_at_the_value_it_had_changes_nothing(kind, seed, steps, data) -> None:
    layer, x = build(kind, seed).double(), inputs(steps, 2, 3, seed=seed).double()
    free = rc.record(layer, x)
    key = data.draw(st.sampled_from([row.key for row in QUANTITIES.of(layer.cell)]))
    held = rc.record(layer, x, clamps=[rc.Clamp(key, free[key])])
    for row in QUANTITIES.of(layer.cell):
        assert torch.allclose(torch.tensor(held[row.key]), torch.tensor(free[row.key]), atol=1e-14), row.key
    assert held.parity != held.parity  # there is nothing to compare with


@pytest.mark.parametrize(("kind", "gate"), [(MinGRU, "update_gate"), (MinLSTM, "forget_gate")])
def test_a_gate_that_keeps_all_keeps_the_state_and_one_that_keeps_nothing_forgets(kind, gate) -> None:
    layer, x, state = build(kind).double(), inputs(5, 3).double(), inputs(1, 4, seed=1).double()
    kept = rc.record(layer, x, state, clamps=[rc.Clamp(gate, 1.0)])
    assert (kept["hidden_state"] == state.numpy()).all()
    gone = rc.record(layer, x, state, clamps=[rc.Clamp(gate, 0.0, steps=2)])
    free = rc.record(layer, x, state)
    assert (gone["hidden_state"][2] == gone["candidate"][2]).all()
    assert (gone["hidden_state"][:2] == free["hidden_state"][:2]).all()
    assert (gone["hidden_state"][3] != free["hidden_state"][3]).any()


def test_of_two_clamps_the_later_one_holds_and_one_unit_is_one_unit() -> None:
    layer, x = build(MinGRU), inputs(4, 3)
    first, later = rc.Clamp("hidden_state", 0.5), rc.Clamp("hidden_state", -0.5, units=1, steps=[0, 1])
    found = rc.record(layer, x, clamps=[first, later])["hidden_state"]
    assert found[:2, 1].tolist() == [-0.5, -0.5]
    assert (found[:, [0, 2, 3]] == 0.5).all()
