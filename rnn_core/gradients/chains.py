"""Small changes chained through a whole sequence and several layers: forward from inputs, or back from states.

Each direction of each layer is a linear map of sequences. Forward, every number of some inputs is one row that goes
through all steps of all layers; back, every number of some states is one. The Jacobian is the same: what takes fewer
rows is used, as many at a time as there is memory for, in float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from numpy.typing import ArrayLike
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.gradients.derivatives import LocalDerivatives, local_derivatives
from rnn_core.gradients.gradient_trace import norms
from rnn_core.gradients.jacobians import recorded_derivatives, state_size, step_maps, stretches
from rnn_core.progress import report
from rnn_core.recurrent.inputs import State

if TYPE_CHECKING:
    from rnn_core.gradients.gradient_trace import Float64

AT_ONCE = 1 << 24  # numbers of changes that are in memory together
MOST_WORK = 10**13  # products of one map


@dataclass(frozen=True, eq=False)
class Chain:
    """From a source below to the states of one direction of one layer above.

    Attributes:
        layers: of each layer from the lowest on, its directions; of the highest the one that is asked.
        direction: which direction that is, 0 or 1.
        source: what of the lowest layer: "input", "hidden" or "cell".
    """

    layers: tuple[tuple[LocalDerivatives, ...], ...]
    direction: int
    source: str

    @property
    def steps(self) -> int:
        """T."""
        return len(self.layers[0][0].x)

    @property
    def high(self) -> int:
        """P, how many numbers the states above have."""
        return self.layers[-1][0].before.shape[2]

    @property
    def wide(self) -> int:
        """M, how many numbers the source has at each step."""
        lowest = self.layers[0][0]
        return {"input": lowest.x, "hidden": lowest.before, "cell": lowest.carry}[self.source].shape[2]

    @property
    def one_way(self) -> bool:
        """Whether all of it reads in one order, so that causality rules."""
        return all(len(directions) == 1 for directions in self.layers)

    @property
    def row(self) -> int:
        """Products that one row takes through all steps of all layers."""
        each = (one for directions in self.layers for one in directions)
        return self.steps * sum(state_size(one) * (state_size(one) + one.x.shape[2]) for one in each)

    @property
    def widest(self) -> int:
        """Numbers of the widest change at one step."""
        return max(
            len(directions) * max(one.x.shape[2], one.before.shape[2])
            for directions in self.layers
            for one in directions
        )


def layered_derivatives(
    module: nn.RNNBase, inputs: Tensor | ArrayLike, state: State, layer: int, direction: int, *, below: bool
) -> tuple[tuple[LocalDerivatives, ...], ...]:
    """The derivatives of one direction of one layer, and before them those of all layers `below`.

    Raises:
        KiokuError: what `record` refuses, a batch, or no such layer or direction.
    """
    checked, trace, local = recorded_derivatives(module, inputs, state, layer, direction)
    return (
        *(
            tuple(local_derivatives(checked, trace, one, d) for d in range(checked.directions))
            for one in range(layer if below else 0)
        ),
        (local,),
    )


def chained(chain: Chain, targets: Sequence[int]) -> Float64:
    """‖∂h_t/∂source_s‖ for these t, by position in the input: (targets, T).

    Raises:
        KiokuError: it would take too long.
    """
    back = len(targets) * chain.high <= chain.steps * chain.wide or chain.source != "input"
    ends, size = (tuple(targets), chain.high) if back else (tuple(range(chain.steps)), chain.wide)
    rows = len(ends) * size
    refuse_endless(rows * chain.row // (1 + chain.one_way))
    found, count = np.zeros((len(ends), chain.steps)), max(1, AT_ONCE // (chain.steps * chain.widest))
    for first in range(0, rows, count):
        places = [divmod(row, size) for row in range(first, min(first + count, rows))]
        span, sizes = _row_sizes(chain, [(ends[end], number) for end, number in places], size, back=back)
        np.hypot.at(found[:, span.start : span.stop], [end for end, _ in places], sizes)
        report(min(1.0, (first + count) / rows))
    return found if back else found.T[list(targets)]


def refuse_endless(work: int) -> None:
    """See that a map is done within some minutes.

    Raises:
        KiokuError: it takes more products than that.
    """
    if work > MOST_WORK:
        raise KiokuError("influence_endless", given=f"{work:.0e}", most=f"{MOST_WORK:.0e}")


def _row_sizes(chain: Chain, rows: Sequence[tuple[int, int]], size: int, *, back: bool) -> tuple[range, Float64]:
    """How large what reaches each position is, from each of these numbers (position, place): the positions, (R, n)."""
    ends = [end for end, _ in rows]
    span = range(chain.steps)
    if chain.one_way:  # only what lies on one side is reached
        span = range(max(ends) + 1) if back != bool(chain.direction) else range(min(ends), chain.steps)
    change = torch.zeros(len(span), len(rows), size, dtype=torch.float64)
    for row, (end, number) in enumerate(rows):
        change[end - span.start, row, number] = 1
    for layer in reversed(range(len(chain.layers))) if back else range(len(chain.layers)):
        change = _through(chain, layer, change, span, back=back)
    return span, norms(change.flatten(0, 1).numpy()).reshape(len(span), -1).T


def _through(chain: Chain, layer: int, change: Float[Tensor, "n R _"], span: range, *, back: bool) -> Tensor:
    """Changes of a layer's states as those of its inputs, or the other way."""
    directions, top = chain.layers[layer], layer == len(chain.layers) - 1
    source = chain.source if layer == 0 else "input"
    parts = change.chunk(len(directions), dim=2) if back else [change] * len(directions)
    found = []
    for number, (local, part) in enumerate(zip(directions, parts, strict=True)):
        backwards = chain.direction if top else number
        steps = _as_read(span, chain.steps) if backwards else span
        asked = part.flip(0) if backwards else part
        moved = _pull(local, asked, steps, source) if back else _push(local, asked, steps)
        found.append(moved.flip(0) if backwards else moved)
    return torch.stack(found).sum(0) if back else torch.cat(found, dim=2)


def _as_read(span: range, steps: int) -> range:
    """The places, in the order of a backward direction, of these positions."""
    return range(steps - span.stop, steps - span.start)


def _push(local: LocalDerivatives, change: Float[Tensor, "n R D"], steps: range) -> Float[Tensor, "n R P"]:
    """What changes of the inputs make of the states, in the order of reading."""
    now = change.new_zeros(change.shape[1], state_size(local))
    found = change.new_empty(*change.shape[:2], local.before.shape[2])
    for some in _stretches(local, steps):
        maps = step_maps(local, steps=some)
        for t, (through, entry) in enumerate(zip(maps.jacobians(), maps.joined_source_jacobian("input"), strict=True)):
            place = some.start + t - steps.start
            now = torch.addmm(now @ through.T, change[place], entry)
            found[place] = now[:, : maps.visible]
    return found


def _pull(local: LocalDerivatives, change: Float[Tensor, "n R P"], steps: range, source: str) -> Float[Tensor, "n R M"]:
    """What moves the states, of which `change` has one row each: its part at every step of the source."""
    now, found = change.new_zeros(change.shape[1], state_size(local)), [change] * len(steps)
    for some in reversed(list(_stretches(local, steps))):
        maps = step_maps(local, steps=some)
        jacobians, starts = maps.jacobians(), maps.joined_source_jacobian(source)
        for t in reversed(range(len(jacobians))):
            place = some.start + t - steps.start
            now[:, : maps.visible] += change[place]
            found[place] = now @ starts[t].T
            now = now @ jacobians[t]
    return torch.stack(found)


def _stretches(local: LocalDerivatives, steps: range) -> list[slice]:
    """These steps in slices whose matrices fit into memory."""
    size = max(state_size(local), local.x.shape[2])
    return [slice(steps.start + one.start, steps.start + one.stop) for one in stretches(len(steps), size)]
