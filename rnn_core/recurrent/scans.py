"""`scan`: an affine recurrence for all steps at once, in a number of stages that grows with the logarithm of T.

    h_t = a_t h_{t−1} + b_t,  h_0 = 0

Two steps in a row are one: (a₂, b₂) ∘ (a₁, b₁) = (a₂ a₁, a₂ b₁ + b₂), and that can be grouped in any way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

import torch
from torch import Tensor

from rnn_core.errors import KiokuError

Method: TypeAlias = Literal["hillis_steele", "blelloch"]


def scan(a: Tensor, b: Tensor, method: Method = "hillis_steele") -> Tensor:
    """h_t = a_t h_{t−1} + b_t for every t, from h_0 = 0.

    Differentiable, and in the dtype of its arguments.

    Args:
        a: (T, …, N), a factor for each number of the state; or (T, …, N, N), a matrix for each step.
        b: (T, …, N).
        method: "hillis_steele", ⌈log₂ T⌉ stages and T ⌈log₂ T⌉ combinations; "blelloch", about twice the stages
            (2 ⌈log₂ T⌉) and at most 2 T combinations.

    Returns:
        (T, …, N).

    Raises:
        KiokuError: shapes that do not belong together, no steps, or no such method.

    Source: W. D. Hillis, G. L. Steele, CACM 29 (1986) 1170; G. E. Blelloch, CMU-CS-90-190 (1990).

    Example:
        >>> scan(torch.tensor([[0.5], [0.5], [0.5]]), torch.ones(3, 1)).flatten().tolist()
        [1.0, 1.5, 1.75]
    """
    if method not in METHODS:
        raise KiokuError("scan_method", given=method, known=", ".join(METHODS))
    if not len(b) or a.shape not in (b.shape, (*b.shape, b.shape[-1])):
        raise KiokuError("scan_shapes", a=str(tuple(a.shape)), b=str(tuple(b.shape)))
    return METHODS[method](a, b)


def stages(a: Tensor, b: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
    """(a, b) after each stage of Hillis and Steele, from what is given on: b_t is then the state of a recurrence that
    began 1, 2, 4, … steps before t."""
    yield a, b
    reach = 1
    while reach < len(b):
        later_a, later_b = combine((a[:-reach], b[:-reach]), (a[reach:], b[reach:]))
        a, b = torch.cat([a[:reach], later_a]), torch.cat([b[:reach], later_b])
        yield a, b
        reach *= 2


def _hillis_steele(a: Tensor, b: Tensor) -> Tensor:
    *_, (_, states) = stages(a, b)
    return states


def _blelloch(a: Tensor, b: Tensor) -> Tensor:
    """Pairs are joined, the half as long recurrence is solved, and what lies between follows from it."""
    if len(b) == 1:
        return b
    pairs = len(b) // 2
    first, second = (a[: 2 * pairs : 2], b[: 2 * pairs : 2]), (a[1 : 2 * pairs : 2], b[1 : 2 * pairs : 2])
    odd = _blelloch(*combine(first, second))  # h_2, h_4, … (T // 2)
    rest = slice(2, None, 2)
    even = torch.cat([b[:1], apply(a[rest], odd[: len(a[rest])]) + b[rest]])  # h_1, h_3, …
    states = torch.empty_like(torch.cat([even, odd]))
    states[::2], states[1::2] = even, odd
    return states


def combine(first: tuple[Tensor, Tensor], second: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """One step in the place of two."""
    (a1, b1), (a2, b2) = first, second
    return (a2 @ a1 if a1.ndim > b1.ndim else a2 * a1), apply(a2, b1) + b2


def apply(a: Tensor, h: Tensor) -> Tensor:
    """a h, of factors or of matrices."""
    return (a @ h[..., None])[..., 0] if a.ndim > h.ndim else a * h


METHODS: dict[str, Callable[[Tensor, Tensor], Tensor]] = {"hillis_steele": _hillis_steele, "blelloch": _blelloch}
