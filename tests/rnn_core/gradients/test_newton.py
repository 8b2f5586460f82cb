"""Newton's method finds torch's own states, in as many rounds as arithmetic allows."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import rnn_core as rc
from rnn_core.gradients import jacobians, newton
from rnn_core.models import registry
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk
from tests.rnn_core import cases

WORDS = ["今日", "は", "天気", "が", "良い", "ね"]


def shipped(cell: str, weights: str = "trained") -> tuple[nn.RNNBase, torch.Tensor]:
    model = registry.RECURRENT.memoized(ModelSpec(cell=cell, hidden=16, weights=weights))
    ids = smalltalk.tokenizer().encode(WORDS * 10)
    return model.recurrent, model.embedding(torch.tensor(ids)).detach()


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["rnn", "lstm", "gru"]), st.integers(0, 999), st.integers(1, 7), st.booleans(), st.booleans())
def test_at_most_one_round_a_step_and_the_first_k_are_right_after_k(cell, seed, steps, clip, started) -> None:
    module, inputs = cases.build(cell, seed), cases.inputs(seed)[:steps]
    run = rc.deer(module, inputs, cases.state(module, seed) if started else None, clip=clip)
    assert run.rounds is not None
    assert run.rounds <= steps
    assert run.residuals[-1] < 1e-11
    for k, errors in enumerate(run.errors):
        assert errors[:k].max(initial=0) < 1e-9


@pytest.mark.parametrize("options", [{"num_layers": 2, "bidirectional": True}, {"proj_size": 2}])
@pytest.mark.parametrize("direction", [0, 1])
def test_any_layer_and_direction(options, direction) -> None:
    module = cases.build("lstm", **options)
    place = {"layer": 1, "direction": direction} if "num_layers" in options else {}
    run = rc.deer(module, cases.inputs(), **place)
    assert run.rounds <= cases.T
    if place and direction:  # it reads from the end: the last position is right first
        assert run.errors[1][-1] < 1e-9 < run.errors[1][0]


def test_an_affine_recurrence_takes_one_round() -> None:
    module = nn.RNN(3, 4, nonlinearity="relu", dtype=torch.float64)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.abs_()
    # all positive: the ReLU passes everything, also at the guess
    assert rc.deer(module, torch.rand(9, 3, dtype=torch.float64)).rounds == 1


@pytest.mark.parametrize(
    ("cell", "weights", "rounds", "clipped"),
    [("gru", "trained", 22, 8), ("gru", "fresh", 4, 4), ("rnn", "trained", 17, 7), ("lstm", "fresh", 4, 4)],
)
def test_sixty_words_of_the_shipped_networks(cell, weights, rounds, clipped) -> None:
    module, inputs = shipped(cell, weights)
    assert (rc.deer(module, inputs).rounds, rc.deer(module, inputs, clip=True).rounds) == (rounds, clipped)


def test_the_exponent_is_that_of_the_sequential_run() -> None:
    module, inputs = shipped("gru")
    doubled = nn.GRU(inputs.shape[1], 16, dtype=torch.float64)
    doubled.load_state_dict(module.state_dict())
    want = float(rc.lyapunov_exponents(doubled, inputs.double())[0])
    assert rc.deer(module, inputs).exponent == pytest.approx(want, abs=1e-12)


def test_where_two_loops_part_no_round_is_the_last_though_the_equation_is_solved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(newton, "MOST_ROUNDS", 70)
    module, inputs = shipped("gru")
    run = rc.deer(module, inputs, scale=6.0)
    assert run.rounds is None
    assert run.stages is None
    assert run.loops > 1e-6  # the sequential runs themselves differ
    assert run.residuals.min() < 1e-12
    assert run.exponent > 0


def test_a_relu_network_that_overflows_has_errors_without_end_and_no_warning() -> None:
    module = nn.RNN(3, 4, nonlinearity="relu")
    with torch.no_grad():
        module.weight_hh_l0.copy_(-3 * torch.eye(4) + 2)
    run = rc.deer(module, torch.randn(60, 3), scale=8.0)
    assert not np.isnan(run.errors).any()


def test_equal_words_one_word_and_no_memory() -> None:
    module = cases.build("gru")
    assert rc.deer(module, cases.inputs()[:1]).rounds == 1
    assert rc.deer(module, cases.inputs()[:1]).stages == 1
    assert rc.deer(module, cases.inputs()[:1].expand(7, -1)).rounds <= 7
    assert rc.deer(cases.build("rnn"), cases.inputs(), scale=0.0).rounds == 1  # no step needs the one before


def test_stages_are_rounds_that_wait_for_a_scan() -> None:
    run = rc.deer(cases.build("gru"), cases.inputs())
    assert run.stages == run.rounds * (1 + math.ceil(math.log2(cases.T)))


def test_half_precision_and_lists_of_floats_are_taken_as_they_are() -> None:
    module = cases.build("rnn", dtype=torch.float32)
    inputs = cases.inputs().float()
    assert np.array_equal(rc.deer(module, inputs.tolist()).errors, rc.deer(module, inputs).errors)


def test_in_parts_it_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    module, inputs = cases.build("lstm"), cases.inputs()
    whole = rc.deer(module, inputs)
    monkeypatch.setattr(jacobians, "AT_ONCE", 250)
    np.testing.assert_allclose(rc.deer(module, inputs).errors, whole.errors, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scale": -1.0}, "deer_scale"),
        ({"scale": math.nan}, "deer_scale"),
        ({"scale": 11}, "deer_scale"),
        ({"scale": True}, "deer_scale"),
        ({"inputs": cases.inputs(batch=2)}, "influence_batch"),
        ({"inputs": cases.inputs()[:0]}, "empty_inputs"),
        ({"inputs": torch.ones(4, 3, dtype=torch.long)}, "token_ids"),
        ({"inputs": ["a"]}, "not_numbers"),
        ({"inputs": [[1.0], [1.0, 2.0]]}, "not_numbers"),
        ({"module": "gru"}, "wrong_module"),
        ({"layer": 1}, "no_such_place"),
        ({"module": nn.Linear(3, 3)}, "wrong_module"),
    ],
)
def test_what_it_cannot_take_says_so(change, code) -> None:
    with pytest.raises(rc.KiokuError) as error:
        rc.deer(**({"module": cases.build("gru"), "inputs": cases.inputs()} | change))
    assert error.value.code == code
