"""A batch of sequences of different lengths: each is recorded for itself, so that nothing reads what fills it up."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

from rnn_core.errors import KiokuError
from rnn_core.recurrent.clamps import Clamp, resolve
from rnn_core.recurrent.trace import LayerTrace, Trace, places

if TYPE_CHECKING:
    from rnn_core.quantities import Array
    from rnn_core.recurrent.inputs import State

    Record: TypeAlias = Callable[[nn.RNNBase, Tensor, State, Sequence[Clamp]], Trace]


def unpack(module: nn.RNNBase, packed: PackedSequence) -> tuple[Tensor, tuple[int, ...]]:
    """A packed batch in the module's layout, filled up with zeros, and its lengths, both in the caller's order."""
    inputs, lengths = pad_packed_sequence(packed, batch_first=module.batch_first)
    return inputs, tuple(lengths.tolist())


def record_each(
    record: Record, module: nn.RNNBase, inputs: Tensor, lengths: Iterable[int], state: State, clamps: Sequence[Clamp]
) -> Trace:
    """One trace of a batch whose sequences end at `lengths`: beyond a sequence's end quantities are nan, output 0.

    Args:
        record: records one sequence.
        module, inputs, state, clamps: as `record` takes a batch.
        lengths: how many steps each of the B sequences has.

    Raises:
        KiokuError: no batch, lengths that do not fit it, or what `record` refuses.
    """
    if not isinstance(inputs, Tensor) or inputs.ndim != 3:
        raise KiokuError("lengths_batch", shape=str(tuple(np.shape(inputs))))
    rows = inputs if module.batch_first else inputs.transpose(0, 1)  # (B, T, D)
    ends = _checked(lengths, *rows.shape[:2])
    found = [
        record(module, rows[b, :end], own_state(state, b), _own_clamps(clamps, b, end, rows.shape[1]))
        for b, end in enumerate(ends)
    ]

    def joined(each: Sequence[Array], rest: float) -> Array:
        values = np.full((rows.shape[1], len(each), each[0].shape[1]), rest, dtype=each[0].dtype)
        for b, own in enumerate(each):
            values[: len(own), b] = own
        return values

    layers = [
        [
            LayerTrace(one.cell, {key: joined([t.layers[layer][d][key] for t in found], np.nan) for key in one}, one)
            for d, one in enumerate(directions)
        ]
        for layer, directions in enumerate(found[0].layers)
    ]
    output = joined([trace.output for trace in found], 0.0)
    parity = math.nan if clamps else max(trace.parity for trace in found)
    laid_out = np.ascontiguousarray(output.swapaxes(0, 1)) if module.batch_first else output
    return Trace(found[0].cell, places(layers), laid_out, parity, module.batch_first, ends)


def _checked(lengths: Iterable[int], batch: int, steps: int) -> tuple[int, ...]:
    given = lengths.tolist() if isinstance(lengths, (Tensor, np.ndarray)) else lengths
    try:
        ends = tuple(given)
    except TypeError:
        ends = ()
    if len(ends) != batch or not all(type(end) is int and 1 <= end <= steps for end in ends):
        raise KiokuError("lengths_wrong", given=str(given)[:60], batch=batch, steps=steps)
    return ends


def own_state(state: State, b: int) -> State:
    """What one sequence starts from."""
    if isinstance(state, (tuple, list)):
        return tuple(part[:, b] if np.ndim(part) == 3 else part for part in state)
    return state if state is None or np.ndim(state) != 3 else state[:, b]  # type: ignore[index]


def _own_clamps(clamps: Sequence[Clamp], b: int, end: int, steps: int) -> list[Clamp]:
    """The clamps of the batch as one sequence has them: without the steps that it has not, and with its own values."""
    found = []
    for clamp in clamps:
        rows, value = resolve("steps", clamp.steps, steps), clamp.value
        inside = [row for row, step in enumerate(rows) if step < end]
        if np.ndim(value) == 3 and value.shape[1] > 1:
            value = value[:, b : b + 1]
        if np.ndim(value) > 1 and len(value) == len(rows) > 1:
            value = value[inside]
        if inside:
            found.append(replace(clamp, value=value, steps=[rows[row] for row in inside]))
    return found
