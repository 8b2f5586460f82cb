"""Sequences of different lengths, packed or padded: each as if it stood alone, in both directions."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pack_sequence, pad_packed_sequence

import rnn_core as rc
from tests.rnn_core import cases

LENGTHS = (4, 7, 1)


@pytest.mark.parametrize("cell", cases.KINDS)
@pytest.mark.parametrize("batch_first", [False, True])
@pytest.mark.parametrize("started", [False, True])
def test_a_packed_batch_is_what_torch_computes(cell: str, batch_first: bool, started: bool) -> None:
    module = cases.build(cell, num_layers=2, bidirectional=True, batch_first=batch_first)
    packed = pack_padded_sequence(cases.inputs(batch=3), torch.tensor(LENGTHS), enforce_sorted=False)
    state = cases.state(module, batch=3) if started else None
    trace = rc.record(module, packed, state)
    with torch.no_grad():
        output, last = module(packed, state)
    want = pad_packed_sequence(output, batch_first=batch_first)[0].numpy()
    np.testing.assert_allclose(trace.output, want, rtol=0, atol=1e-12)
    np.testing.assert_allclose(trace.h_n, (last[0] if cell == "lstm" else last).numpy(), rtol=0, atol=1e-12)
    if cell == "lstm":
        np.testing.assert_allclose(trace.c_n, last[1].numpy(), rtol=0, atol=1e-12)
    assert trace.parity < 1e-12
    assert trace.lengths == LENGTHS


def test_beyond_its_end_a_sequence_has_no_numbers() -> None:
    trace = rc.record(cases.build("gru", bidirectional=True), cases.inputs(batch=3), lengths=LENGTHS)
    for b, end in enumerate(LENGTHS):
        assert not np.isnan(trace["update_gate"][:end, b]).any()
        assert np.isnan(trace["update_gate"][end:, b]).all()
        assert (trace.output[end:, b] == 0).all()
        assert len(trace.sequence(b)) == end
        assert not np.isnan(trace.sequence(b)["hidden_state"]).any()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, cases.T), min_size=2, max_size=2), st.integers(0, 99))
def test_what_fills_up_is_never_read(lengths: list[int], seed: int) -> None:
    module, inputs = cases.build("lstm", seed, bidirectional=True), cases.inputs(seed, batch=2)
    other = inputs.clone()
    for b, end in enumerate(lengths):
        other[end:, b] = 9.0
    assert rc.record(module, other, lengths=lengths) == rc.record(module, inputs, lengths=torch.tensor(lengths))


def test_clamps_reach_each_sequence_as_far_as_it_goes() -> None:
    module, inputs = cases.build("lstm"), cases.inputs(batch=3)
    values = np.arange(6.0).reshape(2, 3, 1)
    trace = rc.record(module, inputs, clamps=[rc.Clamp("cell_state", values, units=2, steps=[0, 5])], lengths=LENGTHS)
    assert trace["cell_state"][0, :, 2].tolist() == [0, 1, 2]
    assert trace["cell_state"][5, 1, 2] == 4
    assert np.isnan(trace["cell_state"][5, [0, 2], 2]).all()
    one = rc.record(module, inputs, clamps=[rc.Clamp("output_gate", 0.0, steps=6)], lengths=LENGTHS)
    assert (one.output[6, 1] == 0).all()


def test_a_stored_trace_keeps_its_lengths(tmp_path) -> None:
    trace = rc.record(cases.build("gru"), cases.inputs(batch=3), lengths=LENGTHS)
    trace.save(tmp_path / "a")
    assert rc.load_trace(tmp_path / "a") == trace


@pytest.mark.parametrize(
    ("inputs", "lengths", "code"),
    [
        (cases.inputs(), [3], "lengths_batch"),
        (cases.inputs(batch=3), [3, 4], "lengths_wrong"),
        (cases.inputs(batch=3), [0, 4, 5], "lengths_wrong"),
        (cases.inputs(batch=3), [8, 4, 5], "lengths_wrong"),
        (cases.inputs(batch=3), [1.5, 4, 5], "lengths_wrong"),
        (cases.inputs(batch=3), 3, "lengths_wrong"),
        (pack_sequence([torch.ones(4, 3, dtype=torch.long)]), None, "token_ids"),
    ],
)
def test_what_does_not_fit_says_so(inputs, lengths, code: str) -> None:
    with pytest.raises(rc.KiokuError) as error:
        rc.record(cases.build("gru"), inputs, lengths=lengths)
    assert error.value.code == code


def test_a_packed_sequence_for_what_is_no_module_says_so() -> None:
    with pytest.raises(rc.KiokuError):
        rc.record(nn.Linear(3, 3), pack_sequence([cases.inputs()]))
