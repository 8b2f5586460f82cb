"""Gradients of a padded batch and of calls in a row against those of each sequence, and of all steps, by themselves."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_padded_sequence

import rnn_core as rc
from rnn_core.gradients.joined_gradients import one_after_the_other
from tests.rnn_core import cases

ENDS = (3, cases.T, 1)


@pytest.mark.parametrize("cell", cases.KINDS)
@pytest.mark.parametrize("first", [False, True])
def test_a_packed_batch_has_the_gradients_of_its_sequences(cell: str, first: bool) -> None:
    module = cases.build(cell, num_layers=2, bidirectional=True, batch_first=first)
    x, state = cases.inputs(batch=3, first=first), cases.state(module, batch=3)
    packed = pack_padded_sequence(x, torch.tensor(ENDS), first, enforce_sorted=False)
    found = rc.backpropagate(module, packed, lambda out: (out**2).sum(), state)
    by_lengths = rc.backpropagate(module, x, lambda out: (out**2).sum(), state, lengths=ENDS)
    np.testing.assert_array_equal(found.inputs, by_lengths.inputs)
    total = np.zeros_like(found.weight_shares("weight_hh_l1_reverse"))
    for b, end in enumerate(ENDS):
        own_state = tuple(one[:, b] for one in state) if cell == "lstm" else state[:, b]
        own = x[b, :end] if first else x[:end, b]
        alone = rc.backpropagate(module, own, lambda out: (out**2).sum(), own_state)
        inputs = found.inputs[b] if first else found.inputs[:, b]
        np.testing.assert_allclose(inputs[:end], alone.inputs, atol=1e-13)
        assert not inputs[end:].any()
        for key, values in found.layers[1][1].items():
            np.testing.assert_allclose(values[:end, b], alone.layers[1][1][key], atol=1e-13)
            assert not values[end:, b].any()
        total[:end] += alone.weight_shares("weight_hh_l1_reverse")
    np.testing.assert_allclose(found.weight_shares("weight_hh_l1_reverse"), total, atol=1e-12)


def test_calls_in_a_row_are_put_one_after_the_other() -> None:
    module = cases.build("gru", batch_first=True)
    parts = [rc.backpropagate(module, cases.inputs(seed, 2, first=True), lambda out: out.sum()) for seed in (0, 1)]
    whole = one_after_the_other(parts, batch_first=True)
    assert len(whole) == 2 * cases.T
    np.testing.assert_array_equal(whole.inputs[:, cases.T :], parts[1].inputs)
    np.testing.assert_array_equal(whole.layers[0][0]["hidden_state"][: cases.T], parts[0].layers[0][0]["hidden_state"])
    shares = [part.weight_shares("bias_ih_l0") for part in parts]
    np.testing.assert_array_equal(whole.weight_shares("bias_ih_l0"), np.concatenate(shares))
