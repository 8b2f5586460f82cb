"""The same words in another order, with and without places, with and without the mask: what becomes of each state?

All of it is computed so that equal sets of words give equal sums (`steady`): a distance of 0 means the same bits.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from jaxtyping import Float, Int

from rnn_core import lineup, steady
from rnn_core.models import registry
from rnn_core.order import arranged
from rnn_core.specs import TransformerSpec


def compare_orders(
    spec: TransformerSpec, tokens: Sequence[str], places: Sequence[int], *, causal: bool
) -> Float[np.ndarray, " T"]:
    """How far each word's state after the last layer is from what it was, per unit, in the second order.

    0 only where every bit is the same.

    Args:
        spec: which Transformer; whether places are added is its own.
        tokens: the T words.
        places: where each word of the new order comes from, 0-based: every place once.
        causal: whether later words are hidden, as they were while it learned.

    Raises:
        KiokuError: no order of these words, or what `Family.load` raises.
    """
    after = states(spec, arranged(tokens, places), causal=causal)  # (T, E)
    before = states(spec, tokens, causal=causal)[list(places)]  # (T, E)
    return lineup.rms_difference(before, after)


def states(spec: TransformerSpec, tokens: Sequence[str], *, causal: bool) -> Float[np.ndarray, "T E"]:
    """The words' states after the last layer, by steady sums."""
    model, tokenizer = registry.TRANSFORMERS.memoized(spec), registry.TRANSFORMERS.tokenizer(spec)
    weights = {name: weight.numpy() for name, weight in model.state_dict().items()}
    with torch.inference_mode():
        words: Int[torch.Tensor, "1 T"] = torch.tensor([tokenizer.encode(tokens)])
        inputs = model.placed(words)[0].numpy()  # (T, E)
    return steady.states(weights, spec.heads, inputs, causal=causal)
