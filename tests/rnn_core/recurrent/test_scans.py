"""A scan is the loop, whatever the length, the method and the grouping."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

import rnn_core as rc
from rnn_core.recurrent.scans import METHODS, apply, combine, scan, stages


def loop(a: Tensor, b: Tensor) -> Tensor:
    state, found = torch.zeros_like(b[0]), []
    for a_t, b_t in zip(a, b, strict=True):
        state = apply(a_t, state) + b_t
        found.append(state)
    return torch.stack(found)


def recurrence(steps: int, seed: int, *, matrices: bool = False, dtype: torch.dtype = torch.float64):
    generator = torch.Generator().manual_seed(seed)
    a = torch.rand((steps, 3, 3) if matrices else (steps, 3), generator=generator, dtype=dtype) * (
        0.5 if matrices else 1
    )
    return a, torch.randn((steps, 3), generator=generator, dtype=dtype)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 70), st.integers(0, 99), st.booleans(), st.sampled_from(list(METHODS)))
def test_a_scan_is_the_loop(steps: int, seed: int, matrices: bool, method: str) -> None:
    a, b = recurrence(steps, seed, matrices=matrices)
    torch.testing.assert_close(scan(a, b, method), loop(a, b), rtol=1e-13, atol=1e-13)


def whole(steps: int, seed: int, *, matrices: bool) -> tuple[Tensor, Tensor]:
    """A recurrence in whole numbers, in which nothing is rounded."""
    generator = torch.Generator().manual_seed(seed)
    a = torch.randint(-2, 3, (steps, 3, 3) if matrices else (steps, 3), generator=generator)
    return a, torch.randint(-9, 10, (steps, 3), generator=generator)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 9_999), st.booleans())
def test_three_steps_are_one_however_they_are_grouped(seed: int, matrices: bool) -> None:
    first, second, third = zip(*whole(3, seed, matrices=matrices), strict=True)
    left, right = combine(combine(first, second), third), combine(first, combine(second, third))
    assert all(torch.equal(one, other) for one, other in zip(left, right, strict=True))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 24), st.integers(0, 9_999), st.booleans(), st.sampled_from(list(METHODS)))
def test_in_whole_numbers_it_is_the_loop_exactly(steps: int, seed: int, matrices: bool, method: str) -> None:
    a, b = whole(steps, seed, matrices=matrices)
    assert torch.equal(scan(a, b, method), loop(a, b))


@pytest.mark.parametrize(("dtype", "bound"), [(torch.float64, 3e-15), (torch.float32, 2e-6)])
@pytest.mark.parametrize("steps", [1, 6, 1000, 4096])
@pytest.mark.parametrize("method", METHODS)
def test_it_stays_as_exact_as_the_loop(steps: int, dtype: torch.dtype, bound: float, method: str) -> None:
    a, b = recurrence(steps, 0, dtype=dtype)
    want = loop(a, (1 - a) * b)  # the states of a gate, which stay within what is written
    assert float((scan(a, (1 - a) * b, method) - want).abs().max()) <= bound


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 200))
def test_it_takes_a_logarithm_of_stages_and_each_doubles_what_was_read(steps: int) -> None:
    a, b = recurrence(steps, 1)
    every = list(stages(a, b))
    assert len(every) - 1 == math.ceil(math.log2(steps))
    for stage, (_, states) in enumerate(every):
        for t in (0, steps // 2, steps - 1):
            first = max(0, t + 1 - 2**stage)
            torch.testing.assert_close(states[t], loop(a[first : t + 1], b[first : t + 1])[-1], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_it_is_differentiable_and_takes_a_batch(method: str) -> None:
    a, b = torch.rand(5, 2, 3, dtype=torch.float64), torch.randn(5, 2, 3, dtype=torch.float64)
    a.requires_grad_(), b.requires_grad_()
    assert torch.autograd.gradcheck(lambda a, b: scan(a, b, method), (a, b))


@pytest.mark.parametrize(
    ("a", "b", "method", "code"),
    [
        (torch.ones(2, 3), torch.ones(3, 3), "blelloch", "scan_shapes"),
        (torch.ones(0, 3), torch.ones(0, 3), "blelloch", "scan_shapes"),
        (torch.ones(2, 3, 4), torch.ones(2, 3), "blelloch", "scan_shapes"),
        (torch.ones(2, 3), torch.ones(2, 3), "loop", "scan_method"),
    ],
)
def test_what_does_not_belong_together_says_so(a: Tensor, b: Tensor, method, code: str) -> None:
    with pytest.raises(rc.KiokuError) as error:
        rc.scan(a, b, method)
    assert error.value.code == code
