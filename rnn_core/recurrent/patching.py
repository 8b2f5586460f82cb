"""`patch_sweep`: which state carries what? Each is taken from a clean run in turn, and what it restores is measured."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.progress import report
from rnn_core.recurrent.clamps import Clamp, Which, chosen
from rnn_core.recurrent.recording import record

if TYPE_CHECKING:
    from rnn_core.recurrent.trace import Trace

Metric: TypeAlias = "Callable[[Trace], float]"
CARRIED = {"lstm": ("hidden_state", "cell_state")}  # of the others, h alone


def patch_sweep(
    module: nn.RNNBase,
    clean: Tensor | ArrayLike,
    corrupted: Tensor | ArrayLike,
    metric: Metric,
    groups: Sequence[Which] = (None,),
    layer: int = 0,
    direction: int = 0,
) -> Float[np.ndarray, "T G"]:
    """What the state after each step restores, if it is taken from the clean run: 1 all, 0 nothing.

    The state of a step is h, of an LSTM h and c; everything after it follows. (metric of the patched run − of the
    corrupted one) / (of the clean one − of the corrupted one), for every step and every group of units: (T, G).

    Args:
        module: any `nn.RNN`, `nn.LSTM` or `nn.GRU`.
        clean, corrupted: one sequence each, (T, D), of the same length.
        metric: what is to be restored, a number of a run: `lambda trace: float(trace.output[-1] @ readout)`.
        groups: of units, each as `Clamp.units` takes them: None for all, a number, several, a slice, a mask.
        layer, direction: whose states are patched.

    Raises:
        KiokuError: what `record` refuses, batches, sequences of different length, no groups, or a metric that is no
            finite number or the same for both runs.

    Source: causal tracing, K. Meng et al., NeurIPS 2022, arXiv:2202.05262.

    Example:
        >>> import torch
        >>> gru, one, other = nn.GRU(3, 4), torch.randn(6, 3), torch.randn(6, 3)
        >>> found = patch_sweep(gru, one, other, lambda trace: float(trace.output[-1, 0]), [None, [0, 1], [2, 3]])
        >>> found.shape, round(float(found[-1, 0]), 5)
        ((6, 3), 1.0)
    """
    right, wrong = record(module, clean), record(module, corrupted)
    if right["hidden_state"].ndim != 2 or right.output.shape != wrong.output.shape:
        shapes = (str((*one.output.shape[:-1], module.input_size)) for one in (right, wrong))
        raise KiokuError("patch_sequences", clean=next(shapes), corrupted=next(shapes))
    best, worst = _measured(metric, right), _measured(metric, wrong)
    if best == worst:
        raise KiokuError("patch_metric", given=best)
    ours, theirs = right.layers[layer][direction], wrong.layers[layer][direction]
    masks = {key: _masks(groups, ours[key].shape[1]) for key in CARRIED.get(right.cell, ("hidden_state",))}
    copies = np.repeat(np.asarray(corrupted)[:, None], len(groups), axis=1)  # (T, G, D)
    if module.batch_first:
        copies = copies.swapaxes(0, 1)
    found = np.empty((len(right), len(groups)))
    for t in range(len(right)):
        # until t a run with one patch is the corrupted one, so that what a group leaves alone is known
        clamps = [
            Clamp(key, np.where(mask, ours[key][t], theirs[key][t])[None], steps=t, layer=layer, direction=direction)
            for key, mask in masks.items()
        ]
        patched = record(module, copies, clamps=clamps)
        found[t] = [(_measured(metric, patched.sequence(g)) - worst) / (best - worst) for g in range(len(groups))]
        report((t + 1) / len(found))
    return found


def _masks(groups: Sequence[Which], size: int) -> Float[np.ndarray, "G H"]:
    """1 where a group has a unit, else 0."""
    if not groups:
        raise KiokuError("patch_groups")
    masks = np.zeros((len(groups), size))
    for mask, group in zip(masks, groups, strict=True):
        mask[list(chosen("units", group, size))] = 1
    return masks


def _measured(metric: Metric, trace: Trace) -> float:
    try:
        value = float(metric(trace))
    except (TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise KiokuError("patch_metric_number")
    return value
