"""Gradients of several runs as one: sequences of different length side by side, or calls one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from rnn_core.gradients.gradient_trace import GradientTrace, LayerGradients

if TYPE_CHECKING:
    from rnn_core.gradients.gradient_trace import Factors, Float64

    Join: TypeAlias = Callable[[Sequence[Float64]], Float64]


def side_by_side(grads: Sequence[GradientTrace], steps: int, *, batch_first: bool) -> GradientTrace:
    """Those of single sequences as those of a batch: what lies beyond a sequence's end has no gradient, 0.

    Args:
        grads: of unbatched sequences, of at most `steps` steps each.
        steps: T.
        batch_first: whether `inputs` is (B, T, D).
    """

    def join(each: Sequence[Float64]) -> Float64:  # (T_b, N) or, of shares, (T_b, 1, N)
        values = np.zeros((steps, len(each), each[0].shape[-1]))
        for b, own in enumerate(each):
            values[: len(own), b] = own if own.ndim == 2 else own[:, 0]
        return values

    inputs = join([one.inputs for one in grads])
    return _joined(grads, join, inputs.swapaxes(0, 1) if batch_first else inputs)


def one_after_the_other(grads: Sequence[GradientTrace], *, batch_first: bool) -> GradientTrace:
    """Those of calls that go on from each other as those of all their steps."""
    axis = 1 if batch_first and grads[0].inputs.ndim == 3 else 0
    inputs = np.concatenate([one.inputs for one in grads], axis=axis)
    return _joined(grads, np.concatenate, inputs)


def _joined(grads: Sequence[GradientTrace], join: Join, inputs: Float64) -> GradientTrace:
    first = grads[0]
    layers = tuple(
        tuple(
            LayerGradients(
                {key: join([np.asarray(grad.layers[layer][d][key], np.float64) for grad in grads]) for key in one}
            )
            for d, one in enumerate(directions)
        )
        for layer, directions in enumerate(first.layers)
    )
    shares = {name: _factors([grad.shares[name] for grad in grads], join) for name in first.shares}
    return GradientTrace(first.cell, first.loss, layers, inputs, shares)


def _factors(each: Sequence[Factors], join: Join) -> Factors:
    left, right = zip(*each, strict=True)
    return join(left), None if right[0] is None else join(right)
