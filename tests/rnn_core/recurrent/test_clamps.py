"""What a clamp may name and hold: numbers, several, slices, masks, arrays, and what another run had."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.recurrent.clamps import listed, resolve
from tests.rnn_core import cases


def held(clamp: rc.Clamp, cell: str = "gru", batch: int | None = None) -> np.ndarray:
    return rc.record(cases.build(cell), cases.inputs(batch=batch), clamps=[clamp])[clamp.quantity]


@pytest.mark.parametrize(
    "units",
    [[1, 3], slice(1, 5, 2), np.array([False, True, False, True, False]), torch.tensor([0, 1, 0, 1, 0]).bool()],
    ids=["several", "a slice", "a mask", "torch's mask"],
)
def test_units_are_named_in_any_way(units) -> None:
    same = held(rc.Clamp("hidden_state", 0.25, units=[1, 3], steps=slice(-2, None)))
    assert np.array_equal(held(rc.Clamp("hidden_state", 0.25, units=units, steps=[5, 6])), same)


@pytest.mark.parametrize("shape", [(), (2,), (3, 2), (1, 2), (3, 1)])
def test_an_array_gives_each_step_and_unit_its_own_value(shape) -> None:
    values = np.random.default_rng(0).normal(size=shape)
    found = held(rc.Clamp("hidden_state", values, units=[1, 3], steps=[0, 2, 5]))
    assert np.array_equal(found[[0, 2, 5]][:, [1, 3]], np.broadcast_to(values, (3, 2)))


def test_an_array_gives_each_sequence_its_own_value() -> None:
    values = np.random.default_rng(0).normal(size=(1, 4, 1))
    found = held(rc.Clamp("cell_state", values, units=2, steps=3), "lstm", batch=4)
    assert np.array_equal(found[3, :, 2], values[0, :, 0])


@pytest.mark.parametrize("cell", cases.KINDS)
@pytest.mark.parametrize("both", [False, True])
def test_what_another_run_had_can_be_put_in(cell: str, both: bool) -> None:
    module, one, other = cases.build(cell, bidirectional=both), cases.inputs(0), cases.inputs(1)
    clean, direction = rc.record(module, one), int(both)
    keys = ("hidden_state", "cell_state")[: 1 + (cell == "lstm")]
    steps = slice(3, None) if both else slice(0, 4)  # what that direction has read when it stands at position 3
    patched = rc.record(
        module, other, clamps=[rc.Clamp.from_trace(clean, key, steps=steps, direction=direction) for key in keys]
    )
    mixed = torch.cat([other[:3], one[3:]]) if both else torch.cat([one[:4], other[4:]])
    want = rc.record(module, mixed).layers[0][direction]["hidden_state"]
    np.testing.assert_allclose(patched.layers[0][direction]["hidden_state"], want, rtol=0, atol=1e-12)


def test_clamps_are_compared_by_what_they_hold() -> None:
    one = rc.Clamp("kept", np.array([1.0, 2.0]), units=[0, 1])
    assert one == rc.Clamp("kept", [1.0, 2.0], units=(0, 1))
    assert hash(one) == hash(rc.Clamp("kept", [1.0, 2.0], units=(0, 1)))
    assert one != rc.Clamp("kept", [1.0, 3.0], units=[0, 1])
    assert one != rc.Clamp("kept", [1.0, 2.0], units=[0, 2])
    assert one != "kept"
    with pytest.raises(ValueError, match="read-only"):
        one.value[0] = 2


@pytest.mark.parametrize(
    ("clamp", "code"),
    [
        (lambda: rc.Clamp("hidden_state", [1.0, 2.0], units=[0, 1, 2]), "clamp_shape"),
        (lambda: rc.Clamp("hidden_state", np.ones((2, 5)), steps=[0, 1, 2]), "clamp_shape"),
        (lambda: rc.Clamp("hidden_state", np.ones((1, 3, 1))), "clamp_shape"),
        (lambda: rc.Clamp("hidden_state", np.ones((1, 1, 1, 1))), "clamp_value"),
        (lambda: rc.Clamp("hidden_state", [np.nan]), "clamp_value"),
        (lambda: rc.Clamp("hidden_state"), "clamp_value"),
        (lambda: rc.Clamp("hidden"), "unknown_quantity_close"),
        (lambda: rc.Clamp.from_trace({"lstm": None}, "hidden_state"), "not_recorded"),
        (lambda: rc.Clamp("hidden_state", []), "clamp_value"),
        (lambda: rc.Clamp("hidden_state", [[1.0], [1.0, 2.0]]), "clamp_value"),
        (lambda: rc.Clamp("hidden_state", [True]), "clamp_value"),
        (lambda: rc.Clamp("hidden_state", 0.0, units=np.ones(4, bool)), "clamp_mask"),
        (lambda: rc.Clamp("hidden_state", 0.0, units=[True, False]), "clamp_indices"),
        (lambda: rc.Clamp("hidden_state", 0.0, layer=slice(1)), "clamp_indices"),
    ],
)
def test_what_does_not_fit_says_so(clamp, code: str) -> None:
    with pytest.raises(rc.KiokuError) as caught:
        held(clamp())
    assert caught.value.code == code


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 9), st.data())
def test_a_mask_and_its_numbers_are_the_same(size: int, data) -> None:
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    numbers = np.flatnonzero(mask).tolist()
    assert list(resolve("units", rc.Clamp("kept", 0.0, units=mask).units, size)) == numbers
    assert listed(rc.Clamp("kept", 0.0, units=numbers).units, size) == numbers
    assert listed(None, size) is None
