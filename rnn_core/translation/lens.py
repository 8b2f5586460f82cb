"""Every step of a decoder in full: where it starts, what each score is the sum of, and what is mixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from jaxtyping import Float

from rnn_core.models.model_trace import ModelTrace
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.directions import within
from rnn_core.specs import TranslatorSpec
from rnn_core.translation.registry import memoized


@dataclass(frozen=True, eq=False)
class Lens:
    """What a translation's scores and first state are made of, in the precision of the model.

    Shapes: S source positions, T steps, H units, K heads, D numbers that a head compares.

    Attributes:
        start: the state of the first decoder layer before the first step, (H,).
        decoder: its states after each step, (T, H).
        queries: what each step compares, (T, K, D); None without attention.
        keys: what it is compared with, (S, K, D); None likewise.
        score_weights: v of additive attention, (D,); None where a score is a plain product.
    """

    start: Float[np.ndarray, " H"]
    decoder: Float[np.ndarray, "T H"]
    queries: Float[np.ndarray, "T K D"] | None = None
    keys: Float[np.ndarray, "S K D"] | None = None
    score_weights: Float[np.ndarray, " D"] | None = None

    def terms(self, step: int, position: int, head: int = 0) -> Float[np.ndarray, " D"]:
        """What the score of a source position at a step is the sum of, in float64.

        Raises:
            KiokuError: no such step, position or head.
        """
        assert self.queries is not None  # of a model with attention
        assert self.keys is not None
        steps, heads, _ = self.queries.shape
        query = self.queries[within("step", step, steps), within("head", head, heads)].astype(np.float64)
        key = self.keys[within("position", position, len(self.keys)), head].astype(np.float64)
        # Bahdanau: score = Σ_d v_d tanh(q_d + k_d); Luong: score = Σ_d q_d k_d
        found: np.ndarray = query * key if self.score_weights is None else self.score_weights * np.tanh(query + key)
        return found


def look_into(trace: ModelTrace) -> Lens:
    """What the scores and the first state of a translation are made of.

    Args:
        trace: what `decoding.translate` made, with its own attention or an overridden one.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    assert trace.source is not None
    model, state = memoized(cast("TranslatorSpec", trace.spec)), QUANTITIES.state(trace.layers.cell).key
    after = torch.tensor(trace.layer()[state])[None]  # (1, T, H)
    with torch.inference_mode():
        memory = model.read(torch.tensor(trace.source.embedding)[None], torch.tensor([len(trace.source)]))
        start = memory.start[0]  # (1, H)
        queries = model.queries(torch.cat([start[:, None], after[:, :-1]], dim=1), after)  # (1, K, T, D)
        weights = model.score_weights
    return Lens(
        start=start[0].numpy(),
        decoder=after[0].numpy(),
        queries=None if queries is None else queries[0].transpose(0, 1).contiguous().numpy(),
        keys=None if memory.keys is None else memory.keys[0].transpose(0, 1).contiguous().numpy(),
        score_weights=None if weights is None else weights.detach().numpy(),
    )
