"""Newton's method finds torch's own states, in as many rounds as arithmetic allows."""

from __future__ import annotations

import math
from fractions import Fraction

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


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["rnn", "lstm", "gru"]), st.integers(0, 999), st.integers(1, 9), st.booleans())
def test_where_it_ends_is_what_record_finds(cell, seed, steps, clip) -> None:
    module, inputs = cases.build(cell, seed), cases.inputs(seed).repeat(2, 1)[:steps]
    layer = rc.record(module, inputs).layers[0][0]
    want = np.concatenate([layer[key] for key in ("hidden_state", "cell_state") if key in layer], axis=1)
    run = rc.deer(module, inputs, clip=clip)
    np.testing.assert_allclose(run.states, want, rtol=1e-11, atol=1e-11)


def test_read_backwards_they_stand_in_the_order_of_the_input() -> None:
    module = cases.build("gru", bidirectional=True)
    want = rc.record(module, cases.inputs()).layers[0][1]["hidden_state"]
    np.testing.assert_allclose(rc.deer(module, cases.inputs(), direction=1).states, want, rtol=1e-11, atol=1e-11)


class Exact:
    """Newton's method on h_t = φ(W h_{t−1} + x_t) in fractions, where nothing is rounded.

    `deer` itself computes in floats; what this finds of a ReLU network is what `deer` has to find of the same one.
    """

    def __init__(self, w: list[list[Fraction]], x: list[list[Fraction]], squash: str) -> None:
        self.w, self.x, self.squash = w, x, squash

    def step(self, h: list[Fraction], x: list[Fraction]) -> tuple[list[Fraction], list[list[Fraction]]]:
        """φ and its Jacobian in h."""
        sums = [sum((a * b for a, b in zip(row, h, strict=True)), own) for row, own in zip(self.w, x, strict=True)]
        if self.squash == "relu":
            out, slope = [max(u, Fraction(0)) for u in sums], [Fraction(u > 0) for u in sums]
        elif self.squash == "rational":  # u / (1 + |u|), bounded as tanh is
            out, slope = [u / (1 + abs(u)) for u in sums], [1 / (1 + abs(u)) ** 2 for u in sums]
        else:
            out, slope = sums, [Fraction(1) for _ in sums]
        return out, [[d * a for a in row] for d, row in zip(slope, self.w, strict=True)]

    def loop(self) -> list[list[Fraction]]:
        found = [[Fraction(0)] * len(self.w)]
        for x in self.x:
            found.append(self.step(found[-1], x)[0])
        return found[1:]

    def rounds(self) -> list[list[list[Fraction]]]:
        """The states after each round, from the guess on, until they solve the equation."""
        guess = [[Fraction(0)] * len(self.w) for _ in self.x]
        found = [guess]
        while guess != self.loop():
            before, change, after = [[Fraction(0)] * len(self.w), *guess[:-1]], [Fraction(0)] * len(self.w), []
            for h, x, old in zip(before, self.x, guess, strict=True):
                out, jacobian = self.step(h, x)
                moved = [sum((a * b for a, b in zip(row, change, strict=True)), Fraction(0)) for row in jacobian]
                change = [m + o - g for m, o, g in zip(moved, out, old, strict=True)]
                after.append([g + c for g, c in zip(old, change, strict=True)])
            guess = after
            found.append(guess)
            assert len(found) <= len(self.x) + 1, "more rounds than steps"
        return found


def tiny(squash: str, seed: int, steps: int, units: int) -> Exact:
    """Weights and inputs in quarters, which floats hold exactly."""
    draw = np.random.default_rng(seed)

    def quarters(count: int) -> list[Fraction]:
        return [Fraction(int(number), 4) for number in draw.integers(-6, 7, count)]

    return Exact([quarters(units) for _ in range(units)], [quarters(units) for _ in range(steps)], squash)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["relu", "rational"]), st.integers(0, 9_999), st.integers(1, 5), st.integers(1, 2))
def test_in_fractions_no_round_more_than_steps_and_the_first_k_are_exact_after_k(squash, seed, steps, units) -> None:
    network = tiny(squash, seed, steps, units)
    truth = network.loop()
    for k, states in enumerate(network.rounds()):
        assert states[:k] == truth[:k]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9_999), st.integers(1, 8), st.integers(1, 3))
def test_in_fractions_an_affine_recurrence_is_solved_by_one_round(seed, steps, units) -> None:
    network = tiny("affine", seed, steps, units)
    assert len(network.rounds()) - 1 == any(any(h) for h in network.loop())  # none, where the guess is right already


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9_999), st.integers(1, 7), st.integers(1, 3))
def test_its_rounds_of_a_relu_network_are_those_in_fractions(seed, steps, units) -> None:
    network = tiny("relu", seed, steps, units)
    module = nn.RNN(units, units, nonlinearity="relu", bias=False, dtype=torch.float64)
    with torch.no_grad():
        module.weight_hh_l0.copy_(torch.tensor(network.w, dtype=torch.float64))
        module.weight_ih_l0.copy_(torch.eye(units))
    run, truth, exact = rc.deer(module, torch.tensor(network.x, dtype=torch.float64)), network.loop(), network.rounds()
    assert run.rounds == len(exact) - 1
    for errors, states in zip(run.errors, exact, strict=False):
        want = [
            max(abs(a - b) / max(1, abs(b)) for a, b in zip(*pair, strict=True))
            for pair in zip(states, truth, strict=True)
        ]
        np.testing.assert_allclose(errors, np.array(want, float), rtol=1e-12, atol=1e-12)


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
    assert run.relu
    assert not np.isnan(run.errors).any()
    whole = rc.deer(module, torch.randn(400, 3), scale=10.0, clip=True)
    assert (whole.rounds, whole.loops, whole.solved(len(whole.residuals) - 1)) == (None, math.inf, False)
    assert not np.isnan(whole.errors).any()


def test_four_thousand_words_of_an_untrained_network_take_a_handful_of_rounds() -> None:
    module, _ = shipped("gru", "fresh")
    run = rc.deer(module, torch.randn(4096, module.input_size, generator=torch.Generator().manual_seed(1)), clip=True)
    assert run.errors.shape[1] == 4096
    assert run.rounds <= 6
    assert run.exponent < 0


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
