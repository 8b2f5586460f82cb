"""The same words in another order, with and without places, with and without the mask: what becomes of each state?

All of it is computed so that equal sets of words give equal sums (`steady`): a distance of 0 means the same bits.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float, Int

from rnn_core import lineup, steady
from rnn_core.models import registry
from rnn_core.order import arranged
from rnn_core.specs import TransformerSpec


@dataclass(frozen=True, eq=False)
class Shuffled:
    """What another order does.

    Attributes:
        positions, causal: whether places were added, and whether later words were hidden.
        moved: how far each word's state after the last layer is from what it was, a unit, (T,), in the order of the
            first sentence; 0 only where every bit is the same.
        earlier: how far at most the states of the words before the last moved, a unit, when the last word alone was
            replaced; 0 only where every bit is the same, and where there are none.
    """

    positions: bool
    causal: bool
    moved: Float[np.ndarray, " T"]
    earlier: float


def order(words: int, turn: int) -> tuple[int, ...]:
    """An order of so many places that is not their own, drawn by chance, the same for the same `turn`; () for one.

    Example:
        >>> sorted(order(4, 1)), order(4, 1) == order(4, 1), order(4, 1) == (0, 1, 2, 3), order(1, 1)
        ([0, 1, 2, 3], True, False, ())
    """
    own = list(range(words))
    generator = random.Random(turn)
    while words > 1:
        drawn = generator.sample(own, words)
        if drawn != own:
            return tuple(drawn)
    return ()


def compare_orders(
    spec: TransformerSpec, tokens: Sequence[str], places: Sequence[int], other: str, *, causal: bool
) -> Shuffled:
    """Read the words, and read them in the order of `places`; then read them with `other` for the last word.

    Args:
        spec: which Transformer; whether places are added is its own.
        tokens: the T words.
        places: where each word of the new order comes from, 0-based: every place once.
        other: the word that takes the last one's place.
        causal: whether later words are hidden, as they were while it learned.

    Raises:
        KiokuError: no order of these words, or what `Family.load` raises.
    """
    other_order = arranged(tokens, places)
    before = states(spec, tokens, causal=causal)  # (T, E)
    after = states(spec, other_order, causal=causal)[np.argsort(places)]  # (T, E)
    replaced = states(spec, [*tokens[:-1], other], causal=causal)  # (T, E)
    moved, earlier = lineup.rms_difference(before, after), lineup.rms_difference(before[:-1], replaced[:-1])
    return Shuffled(spec.positions, causal, moved, float(earlier.max(initial=0.0)))


def states(spec: TransformerSpec, tokens: Sequence[str], *, causal: bool) -> Float[np.ndarray, "T E"]:
    """The words' states after the last layer, by steady sums."""
    model, tokenizer = registry.TRANSFORMERS.memoized(spec), registry.TRANSFORMERS.tokenizer(spec)
    weights = {name: weight.numpy() for name, weight in model.state_dict().items()}
    with torch.inference_mode():
        words: Int[torch.Tensor, "1 T"] = torch.tensor([tokenizer.encode(tokens)])
        inputs = model.placed(words)[0].numpy()  # (T, E)
    return steady.states(weights, spec.heads, inputs, causal=causal)
