"""The way back through a minGRU and a minLSTM is autograd's."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.influence import influence
from rnn_core.gradients.jacobians import step_jacobians
from rnn_core.gradients.minimal import kept, precise, trace_back
from rnn_core.models.initial_values import InitialValues
from rnn_core.recurrent.minimal import MODULES
from rnn_core.runtime import generator

KINDS = tuple(MODULES.values())


def case(kind, seed: int, *shape: int, batch_first: bool = False):
    with InitialValues(seed):
        layer = kind(3, 4, batch_first).double()
    return layer, torch.randn(*shape, 3, generator=generator(seed), dtype=torch.float64)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 99), st.integers(1, 7), st.sampled_from(["one", "batch", "first"]))
def test_it_is_autograds(kind, seed, steps, layout) -> None:
    shape = {"one": (steps,), "batch": (steps, 2), "first": (2, steps)}[layout]
    layer, x = case(kind, seed, *shape, batch_first=layout == "first")
    weights = torch.randn(*shape, 4, generator=generator(seed + 1), dtype=torch.float64)
    found = backpropagate(layer, x, lambda output: (output.sin() * weights).sum())
    free = x.clone().requires_grad_()
    a, b = layer.coefficients(free.transpose(0, 1) if layout == "first" else free)
    h, states = torch.zeros_like(b[0]), []
    for a_t, b_t in zip(a, b, strict=True):
        h = a_t * h + b_t
        h.retain_grad()
        states.append(h)
    output = torch.stack(states)
    ((output.transpose(0, 1) if layout == "first" else output).sin() * weights).sum().backward()
    np.testing.assert_allclose(
        found.layers[0][0]["hidden_state"], torch.stack([one.grad for one in states]), atol=1e-13
    )
    np.testing.assert_allclose(found.inputs, free.grad, atol=1e-13)
    assert set(found.shares) == {f"linear.{name}" for name, _ in layer.linear.named_parameters()}
    for name, weight in layer.named_parameters():
        np.testing.assert_allclose(found.weight_shares(name).sum(axis=0), weight.grad, atol=1e-12)
    assert all(weight.grad is None for weight in precise(layer).parameters())


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_hands_on_what_it_keeps_unit_by_unit(kind) -> None:
    layer, x = case(kind, 1, 5)
    whole = step_jacobians(layer, x)
    assert (whole[:, ~np.eye(4, dtype=bool)] == 0).all()

    def step(h: torch.Tensor) -> torch.Tensor:
        a, b = layer.coefficients(x[2])
        return a * h + b

    theirs = torch.autograd.functional.jacobian(step, torch.zeros(4, dtype=torch.float64))
    np.testing.assert_allclose(whole[2], theirs, atol=1e-15)
    assert kept(layer, x).shape == (5, 1, 4)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 99), st.integers(1, 6), st.booleans())
def test_its_influence_is_autograds(kind, seed, steps, started) -> None:
    layer, x = case(kind, seed, steps)
    state = torch.randn(1, 4, generator=generator(seed + 1), dtype=torch.float64) if started else None
    found = influence(layer, x, state=state)
    jacobian = torch.autograd.functional.jacobian(lambda given: layer(given, state)[0], x)  # (T, H, T, D)
    np.testing.assert_allclose(found, jacobian.norm(dim=(1, 3)), atol=1e-13)
    a = kept(layer, x)[:, 0].numpy()
    reached = influence(layer, x, "hidden")
    for t in range(steps):
        for s in range(steps):
            want = np.linalg.norm(a[s + 1 : t + 1].prod(axis=0)) if s <= t else 0.0
            assert reached[t, s] == pytest.approx(want, abs=1e-13)
    np.testing.assert_array_equal(influence(layer, x, "hidden", steps=[steps - 1]), reached[-1:])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source": "cell"}, "unknown_source"),
        ({"inputs": torch.ones(2, 3, 3, dtype=torch.float64)}, "influence_batch"),
        ({"layer": 1}, "no_such_place"),
        ({"direction": 1}, "no_such_place"),
        ({"steps": [3]}, "clamp_range"),
    ],
)
def test_what_it_has_no_influence_of_says_so(change, code) -> None:
    layer, x = case(KINDS[1], 2, 3)
    with pytest.raises(KiokuError) as error:
        influence(**({"module": layer, "inputs": x} | change))
    assert error.value.code == code


def test_an_initial_state_counts() -> None:
    layer, x = case(KINDS[0], 2, 3)
    above, start = torch.ones(3, 1, 4, dtype=torch.float64), torch.full((1, 4), 2.0, dtype=torch.float64)
    same, other = trace_back(layer, x, above), trace_back(layer, x, above, start)
    assert torch.equal(same[0], other[0])
    assert not torch.equal(same[1], other[1])
