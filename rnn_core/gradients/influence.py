"""`influence`: how strongly each step's state depends on each earlier input or state, as a T × T map.

The chain rule from s to t is a product of Jacobians. Within a short stretch of steps all s go forward together, one
matrix product a step. What passes from one half of a longer stretch to the other takes a few products for every step of
either instead of one for every pair, wherever no digits are lost by it. Only wide float32 layers stay in float32.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from numpy.typing import ArrayLike
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.gradients.chains import Chain, chained, layered_derivatives, refuse_endless
from rnn_core.gradients.derivatives import LocalDerivatives
from rnn_core.gradients.jacobians import state_size, step_maps
from rnn_core.gradients.minimal import influence_map
from rnn_core.gradients.near_one import frobenius, rescale
from rnn_core.gradients.paired_norms import block_squares, paired
from rnn_core.progress import report
from rnn_core.recurrent.clamps import chosen
from rnn_core.recurrent.directions import within
from rnn_core.recurrent.fused import exact_mode
from rnn_core.recurrent.minimal import MinimalCell

if TYPE_CHECKING:
    from rnn_core.gradients.gradient_trace import Float64
    from rnn_core.gradients.near_one import Exponents
    from rnn_core.recurrent.clamps import Which
    from rnn_core.recurrent.inputs import State


SOURCES = ("input", "hidden", "cell")
WIDE = 48  # so many units from which float32 pays; below it, a single cancellation costs it the most digits
TOGETHER = 64  # steps whose squares are held and multiplied with those of all later ones at once
WORTH, LEAST = 4.0, 8.0  # how much more a cut must save than it takes, and in steps; best for 50 steps of 64 units
# What is smaller or larger can't be squared without losing digits.
SMALL, LARGE = {torch.float32: 1e-15, torch.float64: 1e-140}, {torch.float32: 1e15, torch.float64: 1e140}


def influence(
    module: nn.RNNBase | MinimalCell,
    inputs: Tensor | ArrayLike,
    source: str = "input",
    layer: int | None = None,
    direction: int = 0,
    *,
    state: State = None,
    steps: Which = None,
    across_layers: bool = False,
) -> Float64:
    """‖∂h_t/∂x_s‖, the Frobenius norm, for every t and s: a map (T, T) in float64, `map[t, s]`.

    One unbatched sequence. Where s comes after t in the order of reading, the entry is exactly 0; for the backward
    direction that order is the other way, and through both directions of the layers below every s reaches every t.
    What takes long reports how far it is (`rnn_core.progress`).

    Args:
        module: any `nn.RNN`, `nn.LSTM` or `nn.GRU`, in float32 or float64; or a `MinGRU` or `MinLSTM`.
        inputs: (T, D), a tensor or array.
        source: with respect to what: "input", this layer's own input x_s (in a higher layer, the states below);
            "hidden", h_s, while c_s is held; "cell", c_s of an LSTM, its way through h_s included.
        layer, direction: whose h_t, and whose source; without a layer the first, across layers the last one.
        state: the initial state as the module takes it; zeros where it is None.
        steps: at which t only, as `Clamp.steps` takes them; the map then has these rows, (len, T), and a few of them
            take a part of the time of all.
        across_layers: with respect to the module's own input, through every layer below.

    Raises:
        KiokuError: what `record` refuses, a batch, an unknown source, no such layer, direction or step, a source across
            layers that is not "input", or a map that would take hours.

    Source: the product of Jacobians in R. Pascanu et al., ICML 2013, equation 5.

    Example:
        >>> import torch
        >>> found = influence(torch.nn.GRU(3, 4), torch.randn(6, 3), source="hidden")
        >>> found.shape, float(found[0, 5]), float(found[5, 5])
        ((6, 6), 0.0, 2.0)
        >>> influence(torch.nn.GRU(3, 4, 2), torch.randn(6, 3), steps=[5], across_layers=True).shape
        (1, 6)
    """
    if isinstance(module, MinimalCell):  # one layer, one direction
        within("layer", layer or 0, 1), within("direction", direction, 1)
        whole = influence_map(module, inputs, source, state)
        return whole if steps is None else whole[list(chosen("steps", steps, len(whole)))]
    with exact_mode():
        if layer is None:
            layer = getattr(module, "num_layers", 1) - 1 if across_layers else 0
        layers = layered_derivatives(module, inputs, state, layer, direction, below=across_layers)
        local = layers[-1][0]
        known = SOURCES if local.by_cell is not None else SOURCES[:2]
        if source not in known:
            raise KiokuError("unknown_source", given=source, cell=type(module).__name__, known=", ".join(known))
        if across_layers and source != "input":
            raise KiokuError("influence_across", given=source)
        chain, targets = Chain(layers, direction, source), chosen("steps", steps, len(local.x))
        if len(layers) > 1 or _few(chain, len(targets)):
            return chained(chain, targets)
        refuse_endless(len(local.x) ** 2 * state_size(local) ** 2 // 2)
        own, found = next(module.parameters()).dtype, None
        if own != torch.float64 and local.carry.shape[2] >= WIDE:
            found = _whole_map(local, own, source)
        if found is None:
            found = _whole_map(local, torch.float64, source)
    assert found is not None  # only float32 has too few digits
    whole = found if direction == 0 else found[::-1, ::-1]
    return whole if steps is None else whole[list(targets)]


def _few(chain: Chain, count: int) -> bool:
    """Whether so many rows take less one by one than with all others by halves."""
    return count * chain.high < chain.steps / 2 + WORTH * (chain.wide + chain.high) and count < chain.steps


@dataclass(frozen=True, eq=False)
class _Task:
    """What is to be filled in, `found` (T, T), from the steps of `local`, in `dtype`."""

    local: LocalDerivatives
    dtype: torch.dtype
    source: str
    found: Float64
    filled: list[int] = field(default_factory=list)

    def add(self, entries: int) -> None:
        """Say that so many more entries are there."""
        self.filled.append(entries)
        report(2 * sum(self.filled) / (len(self.found) * (len(self.found) + 1)))


@dataclass(frozen=True, eq=False)
class _Block:
    """Matrices of the n steps from `first` on, each divided by a power of two of its own that brings it near 1.

    Attributes:
        first: the first step.
        rows: the matrices, a column for each number of the state that they begin or end in, (n, ·, N).
        exponents: (n,).
    """

    first: int
    rows: Float[Tensor, "n _ N"]
    exponents: Exponents


@dataclass(frozen=True, eq=False)
class _Stretch:
    """What steps in a row hand on to those around them.

    Attributes:
        answers: Sᵀ of each s, S = ∂(state at the end)/∂(source at s), (n, M, N).
        reaches: P of each t, P = ∂h_t/∂(state before the stretch), (n, P, N); none where nothing is before it.
        whole: ∂(state at the end)/∂(state before), (N, N), row by row what one number of the state before does.
        risen: its exponent, (1,).
    """

    answers: tuple[_Block, ...]
    reaches: tuple[_Block, ...]
    whole: Tensor
    risen: Exponents


def _whole_map(local: LocalDerivatives, dtype: torch.dtype, source: str) -> Float64 | None:
    """The map (T, T) in the order of reading; None where float32 does not hold its digits."""
    task = _Task(local, dtype, source, np.zeros((len(local.x), len(local.x))))
    steps, units = len(local.x), local.carry.shape[2]
    high = local.before.shape[2]
    rows = {"input": local.x.shape[2], "hidden": high, "cell": units}[source]
    size = high if local.by_cell is None else high + units
    # n steps in two halves save n²/4 products of M × N × P and take n of (M + P) × N × N
    short = LEAST + WORTH * (rows + high) * size / (rows * high) if rows else steps
    _fill(task, 0, steps, short)
    return task.found if dtype == torch.float64 or not np.isnan(task.found).any() else None


def _fill(task: _Task, begin: int, end: int, short: float) -> _Stretch:
    """Fill in the steps from `begin` to `end`, by halves until they are `short`."""
    if end - begin <= short:
        stretch = _step_by_step(task, begin, end)
        task.add((end - begin) * (end - begin + 1) // 2)
        return stretch
    middle, last = (begin + end) // 2, end == len(task.found)
    one, two = _fill(task, begin, middle, short), _fill(task, middle, end, short)
    _across(task, one.answers, two.reaches)
    task.add((middle - begin) * (end - middle))
    answers, reaches, whole, risen = two.answers, one.reaches, one.whole, one.risen
    if not last:
        answers = (*(_moved(block, two.whole, two.risen) for block in one.answers), *answers)
    if begin:
        reaches = (*reaches, *(_moved(block, one.whole.T, one.risen) for block in two.reaches))
    if begin and not last:
        whole = one.whole @ two.whole
        risen = one.risen + two.risen + rescale(whole[None])
    return _Stretch(answers, reaches, whole, risen)


def _moved(block: _Block, by: Float[Tensor, "N N"], risen: Exponents) -> _Block:
    """The matrices with the other end of a stretch beside theirs as the state that they begin or end in."""
    rows = (block.rows.flatten(0, 1) @ by).view_as(block.rows)
    return _Block(block.first, rows, block.exponents + risen + rescale(rows))


def _step_by_step(task: _Task, begin: int, end: int, *, careful: bool = False) -> _Stretch:
    """All s of a short stretch forward together; before them, unless it is the first, the state before it.

    Where a size can't be squared it is done again, `careful`: every matrix is brought near 1 after every step.
    """
    maps = step_maps(task.local, task.dtype, slice(begin, end))
    starts, steps, first = maps.source_jacobian(task.source), end - begin, maps.size if begin else 0
    wide = starts[0].shape[1]
    # Each s stands in its rows from the first, and is left alone until its turn.
    now = [torch.cat([start.new_zeros(first, start.shape[2]), start.flatten(0, 1)]) for start in starts]
    then, reaches = now[0].clone(), now[0].new_empty(steps if begin else 0, maps.visible, maps.size)
    _identity([part[:first] for part in now])
    grown, carried, risen = np.zeros((steps, steps), np.int64), np.zeros(len(reaches), np.int64), np.zeros(1, np.int64)
    sizes = reaches.new_zeros(steps, steps)
    for t in range(steps):
        known = first + t * wide
        maps.propagate(t, tuple(part[:known] for part in now), then[:known])
        now[0], then = then, now[0]
        near = [part[first : known + wide].view(t + 1, wide, part.shape[1]) for part in now]
        if careful:
            grown[t:, : t + 1] += rescale(*near)
            risen += rescale(*(part[None, :first] for part in now))
        torch.linalg.vector_norm(near[0], dim=(1, 2), out=sizes[t, : t + 1])
        if begin:
            reaches[t], carried[t] = now[0][:first].T, risen[0]
    task.found[begin:end, begin:end] = np.ldexp(sizes.double().numpy(), grown)
    met = np.append(task.found[begin:end, begin:end][np.tri(steps, dtype=bool)], frobenius(reaches))
    if not (careful or ((met > SMALL[task.dtype]) & (met < LARGE[task.dtype])).all()):
        return _step_by_step(task, begin, end, careful=True)
    whole = torch.cat([part[:first] for part in now], dim=1)
    ends = torch.cat(near, dim=2)
    answers = _Block(begin, ends, grown[-1] + rescale(ends))
    return _Stretch(
        (answers,), (_Block(begin, reaches, carried + rescale(reaches)),), whole, risen + rescale(whole[None])
    )


def _across(task: _Task, answers: Sequence[_Block], reaches: Sequence[_Block]) -> None:
    """Fill in what comes from one stretch into the next."""
    rows, risen = [block.rows for block in reaches], np.concatenate([block.exponents for block in reaches])
    by_t = block_squares(rows)  # PᵀP
    together = max(1, TOGETHER // len(answers[0].exponents))
    for first in range(0, len(answers), together):
        some = answers[first : first + together]
        exponents = np.concatenate([block.exponents for block in some])
        found = paired(rows, by_t, [block.rows for block in some], block_squares([block.rows for block in some]))  # SSᵀ
        to, since = reaches[0].first + len(risen), some[0].first + len(exponents)
        with np.errstate(over="ignore"):
            task.found[reaches[0].first : to, some[0].first : since] = np.ldexp(found, risen[:, None] + exponents)


def _identity(parts: Sequence[Float[Tensor, "N _"]]) -> None:
    """Make the identity of these columns side by side."""
    begin = 0
    for part in parts:
        part.zero_()[begin : begin + part.shape[1]].fill_diagonal_(1)
        begin += part.shape[1]
