"""`record`: every gate and state of every step of a recurrent module, exact to what torch's fused layer computes.

torch's own kernel gives the states; all gates of all steps then follow in one matrix product, and the states that they
give are compared with torch's (`parity`). Only a clamp makes it roll step by step, since then nothing fused exists.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from rnn_core.errors import KiokuError, unknown_quantity
from rnn_core.quantities import QUANTITIES, Cell
from rnn_core.recurrent.cells import STEPS, Quantities
from rnn_core.recurrent.clamping import Resolved, clamp_at, sort_clamps
from rnn_core.recurrent.clamps import Clamp
from rnn_core.recurrent.fused import exact_mode, run_layer
from rnn_core.recurrent.inputs import CheckedModule, State, check_inputs
from rnn_core.recurrent.lengths import record_each, unpack
from rnn_core.recurrent.minimal import MinimalCell, record_minimal
from rnn_core.recurrent.trace import LayerTrace, Trace


def record(
    module: nn.RNNBase | MinimalCell,
    inputs: Tensor | ArrayLike | PackedSequence,
    state: State = None,
    clamps: Sequence[Clamp] = (),
    lengths: Iterable[int] | None = None,
    keep: Iterable[str] | None = None,
) -> Trace:
    """Record every quantity of every step.

    `trace.output` is torch's own without gradients, bit for bit (with them torch takes another kernel, which rounds
    otherwise). Each step's quantities follow from torch's state before it, so that the equations hold to the last bit
    among the numbers shown; `trace.parity` says how far they end from torch's h.

    Shapes: each quantity of `trace.layers[layer][direction]` is (T, H), or (T, B, H) for a batch; `trace.output` has
    the module's own layout. The module is left as it was found; dropout is off while recording, and forward hooks
    are not called.

    Args:
        module: any `nn.RNN`, `nn.LSTM` or `nn.GRU`, in float32 or float64; or a `MinGRU` or `MinLSTM`, of which
            every sequence has T steps.
        inputs: a tensor or array as the module takes it: (T, D), (T, B, D) or, with batch_first, (B, T, D); or a packed
            sequence, of which each member is recorded up to its own end.
        state: the initial state as the module takes it; zeros where it is None.
        clamps: what is to be clamped (`Clamp`); of two that overlap, the later one counts.
        lengths: where each sequence of a padded batch ends, in any order: what fills it up is read by no direction.
        keep: the quantities that the trace has, beside the hidden state, by their keys, or the key of one; all where it
            is None. Of a long batch the others then take no memory once their layer is done.

    Raises:
        KiokuError: a module, inputs, state or clamps that cannot be recorded; the message says what to do.

    Source: the equations of `torch.nn.RNN`, `torch.nn.LSTM` and `torch.nn.GRU`.

    Example:
        >>> _ = torch.manual_seed(0)
        >>> trace = record(nn.GRU(3, 4), torch.randn(6, 3))
        >>> trace.layers[0][0]["update_gate"].shape, trace.parity < 1e-5
        ((6, 4), True)
    """
    if isinstance(module, MinimalCell):
        if lengths is not None or isinstance(inputs, PackedSequence):
            raise KiokuError("minimal_whole", cell=module.cell)
        return record_minimal(module, inputs, state, clamps)
    if isinstance(inputs, PackedSequence) and isinstance(module, nn.RNNBase):
        inputs, lengths = unpack(module, inputs)
    if lengths is not None:
        padded = inputs if isinstance(inputs, Tensor) else torch.as_tensor(np.ascontiguousarray(inputs))
        return record_each(partial(record, keep=keep), module, padded, lengths, state, clamps)
    with exact_mode():
        checked = check_inputs(module, inputs, state)
        kept = _kept(checked.cell, keep)
        by_direction = sort_clamps(clamps, checked)
        x, layers, parity = checked.inputs, [], math.nan if clamps else 0.0  # (T, B, D)
        for layer in range(len(checked.layers)):
            if clamps:
                recorded = [_roll(checked, x, layer, d, by_direction[layer, d]) for d in range(checked.directions)]
                x = torch.cat([quantities["hidden_state"] for quantities in recorded], dim=-1)  # (T, B, directions·P)
            else:
                fused = run_layer(checked, x, layer)
                recorded, worst = _follow(checked, x, fused, layer)
                parity, x = max(parity, worst), fused
            layers.append(tuple(_layer_trace(checked, quantities, kept) for quantities in recorded))
        return Trace(checked.cell, tuple(layers), checked.own_layout(x).numpy(), parity, checked.batch_first)


def _follow(checked: CheckedModule, x: Tensor, fused: Tensor, layer: int) -> tuple[list[Quantities], float]:
    """All steps of a layer at once, each from torch's own state before it; and how far its state is from torch's."""
    found, worst = [], 0.0
    for direction, h in enumerate(fused.chunk(checked.directions, dim=-1)):  # each (T, B, P)
        h0, c0 = checked.start(layer, direction)
        # the backward direction reads from the end: turn time round, compute, and turn it back
        x_, h_ = (x, h) if direction == 0 else (x.flip(0), h.flip(0))
        before = torch.cat([h0[None], h_[:-1]])  # (T, B, P)
        quantities = STEPS[checked.cell](x_, before, c0, checked.layers[layer][direction])
        worst = max(worst, _distance(quantities["hidden_state"], h_))
        found.append(quantities if direction == 0 else {key: value.flip(0) for key, value in quantities.items()})
    return found, worst


def _roll(checked: CheckedModule, x: Tensor, layer: int, direction: int, clamps: Sequence[Resolved]) -> Quantities:
    """One direction of a layer, step by step, with its clamps."""
    weights, (h, c) = checked.layers[layer][direction], checked.start(layer, direction)
    steps: list[Quantities] = [{}] * len(x)
    order = range(len(x)) if direction == 0 else reversed(range(len(x)))
    for t in order:
        step = STEPS[checked.cell](x[t : t + 1], h[None], c, weights, clamp_at(clamps, t))
        h, c = step["hidden_state"][0], step["cell_state"][0] if c is not None else None
        steps[t] = step
    return {key: torch.cat([step[key] for step in steps]) for key in steps[0]}


def _distance(recomputed: Tensor, torchs: Tensor) -> float:
    """The largest |recomputed − torch's| / max(1, |torch's|); a state that is inf or nan in both is no difference."""
    worst = float(((recomputed - torchs).abs() / torchs.abs().clamp(min=1)).max())
    if math.isfinite(worst):
        return worst
    same = (recomputed == torchs) | (recomputed.isnan() & torchs.isnan())
    gap = ((recomputed - torchs).abs() / torchs.abs().clamp(min=1)).nan_to_num(nan=math.inf)
    return float(gap.masked_fill(same, 0.0).max())


def _kept(cell: Cell, keep: Iterable[str] | None) -> frozenset[str] | None:
    """The keys of what is kept; None for all."""
    if keep is None:
        return None
    known, asked = [row.key for row in QUANTITIES.of(cell)], (keep,) if isinstance(keep, str) else tuple(keep)
    for key in asked:
        if key not in known:
            raise unknown_quantity(key, known)
    return frozenset((*asked, QUANTITIES.state(cell).key))


def _layer_trace(checked: CheckedModule, quantities: Quantities, kept: frozenset[str] | None) -> LayerTrace:
    """The quantities as arrays. Where some are not kept, the others are copied: they may be parts of one array."""
    if kept is None:
        return LayerTrace(checked.cell, {key: checked.traced(value) for key, value in quantities.items()})
    return LayerTrace(checked.cell, {key: np.array(checked.traced(quantities[key])) for key in kept}, kept)
