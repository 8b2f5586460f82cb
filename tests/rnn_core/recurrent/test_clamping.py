"""What a clamp holds, and what follows from it: laws, not examples."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn_core as rc
from tests.rnn_core import cases

ROWS = [(cell, row.key) for cell in cases.KINDS for row in rc.QUANTITIES.of(cell)]


@pytest.mark.parametrize(("cell", "key"), ROWS)
@pytest.mark.parametrize("both", [False, True])
def test_a_clamp_at_the_value_it_had_changes_nothing(cell, key, both) -> None:
    module, x = cases.build(cell, num_layers=2, bidirectional=both), cases.inputs()
    free = rc.record(module, x)
    had = free.layers[0][-1][key]
    clamps = [
        rc.Clamp(key, float(had[t, u]), units=u, steps=t, direction=int(both))
        for t in range(cases.T)
        for u in range(cases.H)
    ]
    held = rc.record(module, x, clamps=clamps)
    np.testing.assert_allclose(held.output, free.output, rtol=0, atol=1e-12)
    assert math.isnan(held.parity)


@pytest.mark.parametrize(("cell", "key"), ROWS)
def test_a_clamp_holds_what_it_names_and_nothing_before_it(cell, key) -> None:
    module, x = cases.build(cell), cases.inputs()
    free = rc.record(module, x).layers[0][0]
    held = rc.record(module, x, clamps=[rc.Clamp(key, 0.25, units=[1, 3], steps=2)]).layers[0][0]
    assert (held[key][2, [1, 3]] == 0.25).all()
    np.testing.assert_allclose(held[key][2, [0, 2, 4]], free[key][2, [0, 2, 4]], rtol=0, atol=1e-12)
    for other in free:
        np.testing.assert_allclose(held[other][:2], free[other][:2], rtol=0, atol=1e-12)
    assert not np.allclose(held["hidden_state"][2:], free["hidden_state"][2:], rtol=0, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**16))
def test_open_forget_and_shut_input_gate_keep_the_cell_state(seed) -> None:
    module, x = cases.build("lstm", seed), cases.inputs(seed)
    state = cases.state(module, seed)
    trace = rc.record(module, x, state, clamps=[rc.Clamp("forget_gate", 1.0), rc.Clamp("input_gate", 0.0)])
    assert (trace.layers[0][0]["cell_state"] == state[1][0].numpy()).all()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**16))
def test_an_open_update_gate_keeps_the_hidden_state(seed) -> None:
    module, x = cases.build("gru", seed), cases.inputs(seed)
    state = cases.state(module, seed)
    trace = rc.record(module, x, state, clamps=[rc.Clamp("update_gate", 1.0)])
    assert (trace.layers[0][0]["hidden_state"] == state[0].numpy()).all()


def test_the_later_of_two_clamps_holds() -> None:
    module, x = cases.build("gru"), cases.inputs()
    clamps = [rc.Clamp("reset_gate", 0.1), rc.Clamp("reset_gate", 0.9, units=2)]
    reset = rc.record(module, x, clamps=clamps).layers[0][0]["reset_gate"]
    assert (reset[:, 2] == 0.9).all()
    assert (np.delete(reset, 2, axis=1) == 0.1).all()


def test_a_clamp_in_the_backward_direction_reaches_to_the_left() -> None:
    module, x = cases.build("rnn", bidirectional=True), cases.inputs()
    free = rc.record(module, x).layers[0][1]["hidden_state"]
    held = rc.record(module, x, clamps=[rc.Clamp("hidden_state", 0.5, steps=4, direction=1)]).layers[0][1][
        "hidden_state"
    ]
    np.testing.assert_allclose(held[5:], free[5:], rtol=0, atol=1e-12)
    assert (held[4] == 0.5).all()
    assert (np.abs(held[:4] - free[:4]).max(axis=1) > 0).all()


def test_a_clamp_in_a_batch_with_projection_holds_each_member() -> None:
    module = cases.build("lstm", num_layers=2, proj_size=2, batch_first=True)
    x = cases.inputs(batch=3, first=True)
    clamps = [rc.Clamp("hidden_state", -1.0, units=1, layer=1), rc.Clamp("cell_state", 2.0, units=4)]
    trace = rc.record(module, x, clamps=clamps)
    assert trace.output.shape == (3, cases.T, 2)
    assert (trace.output[..., 1] == -1).all()
    assert (trace.layers[0][0]["cell_state"][..., 4] == 2).all()
    alone = rc.record(module, x[1], clamps=clamps)
    np.testing.assert_allclose(trace.output[1], alone.output, rtol=0, atol=1e-13)


@pytest.mark.parametrize("step", [0, cases.T - 1])
@pytest.mark.parametrize("length", [1, cases.T])
def test_the_first_the_last_and_the_only_step_can_be_held(step, length) -> None:
    step = min(step, length - 1)
    trace = rc.record(
        cases.build("lstm"), cases.inputs()[:length], clamps=[rc.Clamp("hidden_state", 0.0, steps=[step])]
    )
    assert (trace.output[step] == 0).all()


@pytest.mark.parametrize(
    ("clamp", "code"),
    [
        (lambda: rc.Clamp("speed", 0.0), "unknown_quantity"),
        (lambda: rc.Clamp("forget_gate", 0.0), "unknown_quantity"),
        (lambda: rc.Clamp("hidden_state", math.nan), "clamp_value"),
        (lambda: rc.Clamp("hidden_state", math.inf), "clamp_value"),
        (lambda: rc.Clamp("hidden_state", "half"), "clamp_value"),
        (lambda: rc.Clamp("hidden_state", True), "clamp_value"),
        (lambda: rc.Clamp("hidden_state", 0.0, units=-1), "clamp_indices"),
        (lambda: rc.Clamp("hidden_state", 0.0, units=1.5), "clamp_indices"),
        (lambda: rc.Clamp("hidden_state", 0.0, steps="1"), "clamp_indices"),
        (lambda: rc.Clamp("hidden_state", 0.0, layer=None), "clamp_indices"),
        (lambda: rc.Clamp("hidden_state", 0.0, units=cases.H), "clamp_range"),
        (lambda: rc.Clamp("hidden_state", 0.0, steps=[0, cases.T]), "clamp_range"),
        (lambda: rc.Clamp("hidden_state", 0.0, layer=1), "clamp_range"),
        (lambda: rc.Clamp("hidden_state", 0.0, direction=1), "clamp_range"),
        (lambda: "hidden_state", "not_clamps"),
    ],
)
def test_a_wrong_clamp_says_so(clamp, code) -> None:
    with pytest.raises(rc.KiokuError) as caught:
        rc.record(cases.build("gru"), cases.inputs(), clamps=[clamp()])
    assert caught.value.code == code


def test_numbers_of_numpy_and_torch_are_numbers() -> None:
    clamp = rc.Clamp("hidden_state", np.float32(0.5), units=np.arange(2), steps=torch.tensor(1))
    assert clamp == rc.Clamp("hidden_state", 0.5, units=[0, 1], steps=1)
