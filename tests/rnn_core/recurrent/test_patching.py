"""A sweep of patches is what a loop that patches by hand finds."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence

import rnn_core as rc
from tests.rnn_core import cases


def last(trace: rc.Trace) -> float:
    return float(trace.output[-1].sum())


def by_hand(module: nn.RNNBase, clean: torch.Tensor, corrupted: torch.Tensor, t: int, units: list[int]) -> float:
    """One direction, one layer: run to t, exchange, and run on."""
    lstm = isinstance(module, nn.LSTM)
    with torch.no_grad():
        states = [module(one[: t + 1])[1] for one in (clean, corrupted)]
        right, wrong = [state if lstm else (state,) for state in states]
        for part, other in zip(wrong, right, strict=True):
            part[..., units] = other[..., units]
        if t == len(clean) - 1:
            return float(wrong[0].sum())
        return float(module(corrupted[t + 1 :], wrong if lstm else wrong[0])[0][-1].sum())


@pytest.mark.parametrize("cell", cases.KINDS)
@pytest.mark.parametrize("batch_first", [False, True])
def test_it_is_what_a_loop_by_hand_finds(cell: str, batch_first: bool) -> None:
    module, clean, corrupted = cases.build(cell, batch_first=batch_first), cases.inputs(0), cases.inputs(1)
    groups = [None, [0, 1], slice(2, None), np.arange(cases.H) == 4]
    found = rc.patch_sweep(module, clean, corrupted, last, groups)
    best, worst = last(rc.record(module, clean)), last(rc.record(module, corrupted))
    for t in range(cases.T):
        for g, units in enumerate(([0, 1, 2, 3, 4], [0, 1], [2, 3, 4], [4])):
            want = (by_hand(module, clean, corrupted, t, units) - worst) / (best - worst)
            assert found[t, g] == pytest.approx(want, abs=1e-10)


def test_the_whole_last_state_restores_all_and_equal_beginnings_restore_nothing() -> None:
    module, clean, corrupted = cases.build("lstm"), cases.inputs(0), cases.inputs(1)
    corrupted[:3] = clean[:3]
    found = rc.patch_sweep(module, clean, corrupted, last)[:, 0]
    assert found[-1] == pytest.approx(1)
    assert np.abs(found[:3]).max() < 1e-12


def test_a_higher_layer_and_the_backward_direction_can_be_patched() -> None:
    module = cases.build("gru", num_layers=2, bidirectional=True)
    first = rc.patch_sweep(module, cases.inputs(0), cases.inputs(1), lambda t: float(t.output[0, -1]), [None], 1, 1)
    assert first[0, 0] == pytest.approx(1)  # the backward direction's last state is at the first position


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"corrupted": cases.inputs(1)[:4]}, "patch_sequences"),
        ({"clean": cases.inputs(batch=2), "corrupted": cases.inputs(1, batch=2)}, "patch_sequences"),
        (dict.fromkeys(("clean", "corrupted"), pack_sequence([cases.inputs()])), "patch_sequences"),
        ({"corrupted": cases.inputs(0)}, "patch_metric"),
        ({"metric": lambda trace: trace.output}, "patch_metric_number"),
        ({"metric": lambda _: float("nan")}, "patch_metric_number"),
        ({"groups": []}, "patch_groups"),
        ({"groups": [cases.H]}, "clamp_range"),
        ({"groups": [np.ones(3, bool)]}, "clamp_mask"),
        ({"layer": 1}, "no_such_place"),
    ],
)
def test_what_cannot_be_swept_says_so(change: dict[str, object], code: str) -> None:
    asked = {"clean": cases.inputs(0), "corrupted": cases.inputs(1), "metric": last} | change
    with pytest.raises(rc.KiokuError) as error:
        rc.patch_sweep(cases.build("gru"), **asked)
    assert error.value.code == code
