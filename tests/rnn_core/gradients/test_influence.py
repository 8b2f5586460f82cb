"""`influence` against torch's own Jacobians of the unrolled loop, for every configuration and source."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from rnn_core import progress
from rnn_core.errors import KiokuError
from rnn_core.gradients import chains
from rnn_core.gradients import influence as halves
from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.influence import influence
from tests.rnn_core import cases, unrolled
from tests.rnn_core.influences import autograds, straight

LAYERED = [
    (cell, {"num_layers": layers, "bidirectional": both, "bias": bias, **extra})
    for cell, layers, both, bias in itertools.product(cases.KINDS, (1, 2), (False, True), (True, False))
    for extra in [{}, {"nonlinearity": "relu"} if cell == "rnn" else {"proj_size": 2} if cell == "lstm" else None]
    if extra is not None
]


def label(case) -> str:
    return f"{case[0]}-" + "-".join(f"{key}={value}" for key, value in case[1].items() if value)


@pytest.mark.parametrize("case", LAYERED, ids=label)
def test_it_is_autograds_map(case) -> None:
    cell, options = case
    module, x = cases.build(cell, **options), cases.inputs()
    sources = ["input", "hidden", *(["cell"] if cell == "lstm" else [])]
    places = itertools.product(sources, range(options["num_layers"]), range(1 + options["bidirectional"]))
    for source, layer, direction in places:
        found = influence(module, x, source, layer, direction)
        want = autograds(module, x, source, layer, direction)
        np.testing.assert_allclose(
            found, want, rtol=1e-11, atol=1e-12 * want.max(), err_msg=f"{source} {layer} {direction}"
        )
        reached = np.tri(cases.T, dtype=bool)
        assert (found[~(reached.T if direction else reached)] == 0).all()
        assert found.dtype == np.float64


@pytest.mark.parametrize("cell", cases.KINDS)
def test_many_steps_are_torch_funcs_map(cell) -> None:
    module = cases.build(cell)
    torch.manual_seed(3)
    x = torch.randn(60, cases.D, dtype=torch.float64)  # cut twice and more

    def states(x):
        h0 = torch.zeros(1, 1, cases.H, dtype=x.dtype)
        return unrolled.whole(module, x[:, None], (h0, h0) if cell == "lstm" else h0)[0][:, 0]

    want = torch.func.jacrev(states)(x).square().sum((1, 3)).sqrt().detach().numpy()
    np.testing.assert_allclose(influence(module, x), want, rtol=1e-10)


def sources(cell) -> list[str]:
    return ["input", "hidden", *(["cell"] if cell == "lstm" else [])]


@pytest.mark.parametrize(("hidden", "length"), [(5, 60), (16, 60), (64, 50), (64, 14), (64, 137)])
@pytest.mark.parametrize("cell", cases.KINDS)
def test_float32_is_within_its_rounding(cell, hidden, length) -> None:
    torch.manual_seed(hidden)
    module, x = cases.KINDS[cell](8, hidden), torch.randn(length, 8)
    for source in sources(cell):
        with torch.inference_mode():
            want = straight(module, x, source)
        np.testing.assert_allclose(influence(module, x, source), want, rtol=1e-5)


@pytest.mark.parametrize("cell", cases.KINDS)
def test_a_wide_layer_stays_in_float32(cell, monkeypatch) -> None:
    seen, step_maps = set(), halves.step_maps

    def noted(local, dtype, steps):
        seen.add((dtype, steps.stop - steps.start))
        return step_maps(local, dtype, steps)

    monkeypatch.setattr(halves, "step_maps", noted)
    torch.manual_seed(0)
    assert influence(cases.KINDS[cell](64, 64), torch.randn(50, 64)).all(where=np.tri(50) > 0)
    assert seen == {(torch.float32, 12), (torch.float32, 13)}  # by halves, and each once


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**16),
    cell=st.sampled_from(list(cases.KINDS)),
    hidden=st.integers(1, 60),
    gain=st.floats(0.01, 6),
    length=st.integers(1, 45),
    least=st.integers(1, 20),
)
def test_by_halves_and_step_by_step_agree(seed, cell, hidden, gain, length, least) -> None:
    torch.manual_seed(seed)
    module = cases.KINDS[cell](2, hidden).double()
    with torch.no_grad():
        module.weight_hh_l0.mul_(gain)
    x = torch.randn(length, 2, dtype=torch.float64)
    with pytest.MonkeyPatch.context() as patch, torch.inference_mode():
        patch.setattr(halves, "LEAST", least)
        patch.setattr(halves, "WORTH", 0)
        for source in sources(cell):
            np.testing.assert_allclose(influence(module, x, source), straight(module, x, source), rtol=1e-9)


def test_the_diagonal_of_hidden_is_the_identity() -> None:
    for cell in cases.KINDS:
        np.testing.assert_allclose(np.diag(influence(cases.build(cell), cases.inputs(), "hidden")), cases.H**0.5)


@pytest.mark.parametrize("source", ["input", "hidden"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_an_rnn_without_recurrence_has_no_influence_across_steps(source, dtype) -> None:
    module = cases.build("rnn", dtype=dtype)
    with torch.no_grad():
        module.weight_hh_l0.zero_()
    torch.manual_seed(0)
    found = influence(module, torch.randn(30, cases.D, dtype=dtype), source)
    assert (found == np.diag(np.diag(found))).all()
    assert np.diag(found).all()


@pytest.mark.parametrize(
    ("hidden", "factor", "length"), [(4, 0.05, 200), (64, 0.05, 200), (64, 1e-6, 45), (64, 1e-6, 12)]
)
def test_what_vanishes_is_small_but_never_zero(hidden, factor, length) -> None:
    torch.manual_seed(0)
    module = nn.RNN(2, hidden)
    with torch.no_grad():
        module.weight_hh_l0.copy_(factor * torch.eye(hidden))
    column = influence(module, torch.randn(length, 2) / 10, "hidden")[:, 0]
    np.testing.assert_array_less(column[1:], column[:-1])
    assert 0 < column[-1] < 1e-60
    np.testing.assert_allclose(column[1:] / column[:-1], factor, rtol=0.2)


def test_what_explodes_is_inf_only_beyond_float64() -> None:
    module = nn.RNN(1, 2, nonlinearity="relu", bias=False)
    with torch.no_grad():
        module.weight_hh_l0.copy_(10 * torch.eye(2))
        module.weight_ih_l0.fill_(1e-3)
    found = influence(module, torch.full((20, 1), 1e-3), "hidden")
    np.testing.assert_allclose(found[-1, 0], 2**0.5 * 1e19, rtol=1e-12)
    found = influence(module, torch.full((30, 1), 1e-3), "hidden")
    np.testing.assert_allclose(found[-1, 0], 2**0.5 * 1e29, rtol=1e-12)


@pytest.mark.parametrize("cell", cases.KINDS)
def test_one_loss_is_bounded_by_the_map(cell) -> None:
    """‖∂(u·h_T)/∂x_s‖ ≤ ‖u‖ ‖∂h_T/∂x_s‖, and for the sum of squares over orthonormal u it is equal."""
    module, x = cases.build(cell, dtype=torch.float32), cases.inputs(dtype=torch.float32)
    squares = np.zeros(cases.T)
    for unit in range(cases.H):
        grads = backpropagate(module, x, lambda output, unit=unit: output[-1, unit])
        squares += np.square(grads.inputs).sum(axis=1)
    np.testing.assert_allclose(influence(module, x)[-1], np.sqrt(squares), rtol=1e-12)


@pytest.mark.parametrize("cell", cases.KINDS)
@pytest.mark.parametrize("length", [1, 200])
def test_one_step_and_two_hundred(cell, length) -> None:
    module = cases.build(cell)
    torch.manual_seed(0)
    found = influence(module, torch.randn(length, cases.D, dtype=torch.float64))
    assert found.shape == (length, length)
    assert np.isfinite(found).all()
    assert (found[np.tri(length, dtype=bool)] > 0).all()


X = cases.inputs()
WRONG = {
    "a batch": (cases.build("gru"), cases.inputs(batch=2), {}, "influence_batch"),
    "no steps": (cases.build("gru"), X[:0], {}, "empty_inputs"),
    "nan": (cases.build("gru"), X * float("nan"), {}, "not_finite"),
    "a linear layer": (nn.Linear(3, 3), X, {}, "wrong_module"),
    "an unknown source": (cases.build("lstm"), X, {"source": "weights"}, "unknown_source"),
    "no source": (cases.build("lstm"), X, {"source": None}, "unknown_source"),
    "a list of sources": (cases.build("lstm"), X, {"source": ["input"]}, "unknown_source"),
    "the cell of a gru": (cases.build("gru"), X, {"source": "cell"}, "unknown_source"),
    "a layer too high": (cases.build("gru"), X, {"layer": 1}, "no_such_place"),
    "a direction too many": (cases.build("gru"), X, {"direction": 1}, "no_such_place"),
    "a negative layer": (cases.build("gru"), X, {"layer": -1}, "no_such_place"),
    "hidden across layers": (cases.build("gru"), X, {"source": "hidden", "across_layers": True}, "influence_across"),
    "a step too late": (cases.build("gru"), X, {"steps": [cases.T]}, "clamp_range"),
    "a step by name": (cases.build("gru"), X, {"steps": "last"}, "clamp_indices"),
    "a state of another size": (cases.build("gru"), X, {"state": torch.zeros(1, 9).double()}, "wrong_state_shape"),
    "a layer by name": (cases.build("gru"), X, {"layer": "top"}, "no_such_place"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_mapped_says_what_to_do(name) -> None:
    module, x, options, code = WRONG[name]
    with pytest.raises(KiokuError) as caught:
        influence(module, x, **options)
    assert caught.value.code == code
    for lang in ("ja", "en"):
        assert "{" not in caught.value.text(lang)


@given(source=st.one_of(st.text(max_size=8), st.integers(), st.none()), layer=st.integers(-3, 3))
@settings(max_examples=60, deadline=None)
def test_any_argument_gives_a_map_or_a_kioku_error(source, layer) -> None:
    try:
        found = influence(cases.build("lstm"), X, source, layer)
    except KiokuError:
        return
    assert (source in halves.SOURCES, layer) == (True, 0)
    assert np.isfinite(found).all()


def test_the_module_comes_back_as_it_was() -> None:
    module, x = cases.build("lstm", num_layers=2, dropout=0.5), cases.inputs()
    module(x)[0].sum().backward()
    before = {name: (p.clone(), p.grad, p.grad.clone()) for name, p in module.named_parameters()}
    random = torch.get_rng_state()
    influence(module, x, layer=1)
    with pytest.raises(KiokuError):
        influence(module, x, layer=2)
    assert module.training
    assert torch.equal(torch.get_rng_state(), random)
    for name, parameter in module.named_parameters():
        assert torch.equal(parameter, before[name][0])
        assert parameter.grad is before[name][1]
        assert torch.equal(parameter.grad, before[name][2])


def test_what_takes_long_says_how_far_it_is() -> None:
    told: list[float] = []
    with progress.watched(told.append):
        influence(cases.build("lstm"), cases.inputs().repeat(9, 1))
    assert len(told) > 3
    assert told == sorted(told)
    assert told[-1] == 1


def test_what_would_take_hours_is_refused_before_it_begins(monkeypatch) -> None:
    monkeypatch.setattr(chains, "MOST_WORK", 100)
    for options in ({}, {"across_layers": True}):
        with pytest.raises(KiokuError, match="steps="):
            influence(cases.build("gru", num_layers=2), X, **options)
