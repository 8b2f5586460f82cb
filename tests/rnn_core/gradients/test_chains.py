"""Influence through layers and of single steps against torch.autograd's own Jacobian of the module, in float64."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import progress
from rnn_core.gradients import chains
from rnn_core.gradients.influence import influence
from tests.rnn_core import cases


def autograds(module, x, state, direction) -> np.ndarray:
    """‖∂h_t/∂x_s‖ of one direction of the module's output."""
    found = torch.autograd.functional.jacobian(lambda given: module(given, state)[0], x)  # (T, directions·P, T, D)
    return found.chunk(1 + module.bidirectional, dim=1)[direction].square().sum((1, 3)).sqrt().numpy()


@given(
    seed=st.integers(0, 2**16),
    cell=st.sampled_from(list(cases.KINDS)),
    layers=st.integers(1, 3),
    both=st.booleans(),
    proj=st.booleans(),
    own_state=st.booleans(),
    steps=st.one_of(st.none(), st.lists(st.integers(0, cases.T - 1), min_size=1, max_size=4)),
    at_once=st.sampled_from([100, 1 << 20]),
)
@settings(max_examples=20, deadline=None)
def test_it_is_autograds_jacobian(seed, cell, layers, both, proj, own_state, steps, at_once) -> None:
    options = {"proj_size": 2} if proj and cell == "lstm" else {}
    module = cases.build(cell, seed, num_layers=layers, bidirectional=both, **options)
    x, state = cases.inputs(seed), cases.state(module, seed) if own_state else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chains, "AT_ONCE", at_once)
        for direction in range(1 + both):
            found = influence(module, x, direction=direction, state=state, steps=steps, across_layers=True)
            want = autograds(module, x, state, direction)
            if layers == 1:  # the same without asking for it
                alone = influence(module, x, direction=direction, state=state, steps=steps)
                np.testing.assert_array_equal(alone, found)
            rows = want if steps is None else want[steps]
            np.testing.assert_allclose(found, rows, rtol=1e-9, atol=1e-14 * want.max())
            if not both:
                assert (found[rows == 0] == 0).all()


@pytest.mark.parametrize("cell", cases.KINDS)
@pytest.mark.parametrize("direction", [0, 1])
def test_single_steps_are_rows_of_the_whole_map(cell, direction) -> None:
    module = cases.build(cell, bidirectional=True, num_layers=2)
    x = cases.inputs().repeat(6, 1)
    for source in ["input", "hidden", *(["cell"] if cell == "lstm" else [])]:
        whole = influence(module, x, source, 1, direction)
        found = influence(module, x, source, 1, direction, steps=[40, 3])  # one by one
        np.testing.assert_allclose(found, whole[[40, 3]], rtol=1e-9)
        most = influence(module, x, source, 1, direction, steps=slice(2, None))  # of the whole
        np.testing.assert_array_equal(most, whole[2:])


def test_forward_and_back_are_the_same_map(monkeypatch) -> None:
    module, x = cases.build("lstm", num_layers=2, bidirectional=True), cases.inputs()
    ways: list[str] = []
    monkeypatch.setattr(chains, "_push", lambda *args, own=chains._push: ways.append("forward") or own(*args))
    whole = influence(module, x, across_layers=True)  # fewer inputs than units
    assert set(ways) == {"forward"}
    one_by_one = np.concatenate([influence(module, x, steps=t, across_layers=True) for t in range(cases.T)])
    np.testing.assert_allclose(one_by_one, whole, rtol=1e-11)


def test_a_top_layer_without_recurrence_hands_through_what_is_below() -> None:
    module, x = cases.build("rnn", num_layers=2), cases.inputs()
    with torch.no_grad():
        module.weight_hh_l1.zero_()
        module.weight_ih_l1.copy_(torch.eye(cases.H).double() * 1e-6)
        module.bias_ih_l1.zero_()
        module.bias_hh_l1.zero_()
    found = influence(module, x, across_layers=True)
    np.testing.assert_allclose(found, 1e-6 * influence(module, x), rtol=1e-9)


def test_what_takes_long_says_how_far_it_is_and_can_be_ended(monkeypatch) -> None:
    monkeypatch.setattr(chains, "AT_ONCE", 1)
    told: list[float] = []
    with progress.watched(told.append):
        influence(cases.build("gru", num_layers=2), cases.inputs(), across_layers=True)
    assert len(told) == cases.T * cases.D
    assert told == sorted(told)
    assert told[-1] == 1
