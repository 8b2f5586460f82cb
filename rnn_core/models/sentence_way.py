"""A loss on its way back through a whole network with its settings overridden: what a drawing of it needs, no more."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import torch

from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.jacobians import sequence_derivatives, step_jacobians, step_maps
from rnn_core.gradients.way_back import straight_road, trace_back
from rnn_core.models.sentence_gradients import load, loss_of, prepare
from rnn_core.models.sentence_spec import SentenceSpec, SentenceWay
from rnn_core.recurrent.minimal import MinimalCell

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rnn_core.gradients.derivatives import LocalDerivatives

    Float64 = NDArray[np.float64]

WORK = 1.3e8  # steps · N³ that nobody waits for: 60 steps of 128 numbers


def find_way(spec: SentenceSpec) -> SentenceWay:
    """Run the network on the words and trace its loss back, as `find_gradients` does.

    Raises:
        KiokuError: no such output, unit, word, layer or direction; weights that can't be loaded; numbers that are no
            longer finite.

    Example:
        >>> from rnn_core.specs import ModelSpec
        >>> spec = SentenceSpec(model=ModelSpec(cell="gru", hidden=8), words=("犬", "が"), at=1, unit=0)
        >>> find_way(spec).way.stretch.shape
        (1, 8)
    """
    model, tokenizer = load(spec)
    (module, inputs), (layer, direction) = prepare(model, tokenizer, spec), (spec.layer, spec.direction)
    found = backpropagate(module, inputs, loss_of(model, tokenizer.outputs, spec))
    if isinstance(module, MinimalCell):
        jacobians, by_h = step_jacobians(module, inputs)[: spec.at + 1], found.layers[0][0]["hidden_state"][spec.at]
        return SentenceWay(spec, found.loss, trace_back(jacobians, by_h), found.weight_norm(*found.shares))
    suffix = f"_l{layer}{'_reverse' if direction else ''}"
    total = found.weight_norm(*(name for name in found.shares if name.endswith(suffix)))
    at = len(spec.words) - 1 - spec.at if direction else spec.at  # in the order of reading
    by = {key: values[::-1][at] if direction else values[at] for key, values in found.layers[layer][direction].items()}
    local = sequence_derivatives(module, inputs, None, layer, direction)
    with torch.inference_mode():
        jacobians = step_maps(local, steps=slice(at + 1)).jacobians().numpy()
    every = math.ceil(at * jacobians.shape[1] ** 3 / WORK) or 1
    if local.by_cell is None:
        return SentenceWay(spec, found.loss, trace_back(jacobians, by["hidden_state"], every), total)
    own = by["cell_state"] - _shown(local, at, by["hidden_state"])  # ∂L/∂c with h held: its way through h is in h
    way = trace_back(jacobians, np.concatenate([by["hidden_state"], own]), every)
    gates = local.carry[: at + 1, 0].numpy()
    road = straight_road(gates, by["cell_state"], way.size)
    return SentenceWay(spec, found.loss, way, total, road, gates.mean(axis=1))


def _shown(local: LocalDerivatives, at: int, by_state: Float64) -> Float64:
    """What of ∂L/∂c_at goes through h_at, (H,)."""
    assert local.by_cell is not None
    through = local.by_cell[at, 0].numpy()
    projection = local.weights.projection
    shown: Float64 = through * (by_state if projection is None else by_state @ projection.numpy())
    return shown
