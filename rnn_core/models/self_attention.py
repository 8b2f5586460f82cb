"""What every layer of a Transformer makes of a sentence, and what of the same words in another order, in four ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float

from rnn_core.models import registry, shuffle
from rnn_core.models.model_trace import Guess, likeliest
from rnn_core.models.transformer import places
from rnn_core.models.transformer_trace import record_transformer
from rnn_core.order import arranged
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.specs import TransformerSpec
    from rnn_core.text.tokenizer import Token

WAYS = ((True, True), (True, False), (False, True), (False, False))
"""With and without positions, with and without the mask."""


@dataclass(frozen=True, eq=False)
class SelfAttention:
    """What a Transformer computed of a sentence.

    Shapes: L layers, K heads, T words, E numbers a word.

    Attributes:
        spec: which network.
        tokens: the T words.
        causal: whether later words were hidden.
        codes: of each place, (T, E): what `spec.positions` says whether it was added; read-only.
        states: of each word after each layer, (L, T, E); read-only.
        attention: how much each word (third axis) attends to each (fourth), (L, K, T, T), each row sums to 1;
            read-only.
        best: the most probable output after each word. Without the mask it means nothing: no network learned so.
    """

    spec: TransformerSpec
    tokens: tuple[Token, ...]
    causal: bool
    codes: Float[np.ndarray, "T E"]
    states: Float[np.ndarray, "L T E"]
    attention: Float[np.ndarray, "L K T T"]
    best: tuple[Guess, ...]

    def __post_init__(self) -> None:
        for values in (self.codes, self.states, self.attention):
            values.flags.writeable = False

    def __len__(self) -> int:
        """T, the number of words."""
        return len(self.tokens)


@dataclass(frozen=True, eq=False)
class Way:
    """One way of reading two orders of the same words.

    Attributes:
        before, after: what the network computed of the first order, and of the second.
        moved: how far each word's state after the last layer is from what it was, per unit, (T,), in the second order;
            0 only where every bit is the same.
    """

    before: SelfAttention
    after: SelfAttention
    moved: Float[np.ndarray, " T"]

    @property
    def still(self) -> bool:
        """Whether no bit of any state depends on the order."""
        return not self.moved.any()


def read_layers(spec: TransformerSpec, tokens: Sequence[str], *, causal: bool = True) -> SelfAttention:
    """Let a Transformer read a sentence, with or without the mask.

    Raises:
        KiokuError: no words; and what `Family.load` raises.
    """
    own = registry.TRANSFORMERS.tokenizer(spec)
    words = torch.tensor(own.encode(tokens))
    found = record_transformer(registry.TRANSFORMERS.memoized(spec), words, causal=causal)
    state = QUANTITIES.state(spec.cell).key
    assert found.distribution is not None  # a Transformer has a readout
    return SelfAttention(
        spec,
        own.receive(tokens),
        causal,
        places(len(words), spec.hidden).numpy(),
        np.stack([layer[0][state] for layer in found.layers.layers]),
        np.stack([seen["attention"].transpose(1, 0, 2) for seen in found.attention]),
        tuple(likeliest(row, own.outputs, own.ends, own.output_glosses, 1)[0] for row in found.distribution),
    )


def read_ways(spec: TransformerSpec, tokens: Sequence[str], order: Sequence[int]) -> tuple[Way, ...]:
    """Read the words, and read them in another order, in each of `WAYS`.

    Args:
        spec: which Transformer; with and without positions are two networks of its size.
        tokens: the T words.
        order: of each word of the second order its place (0-based) in the first.

    Raises:
        KiokuError: no order of these words, or what `Family.load` raises.
    """
    other = arranged(tokens, order)
    ways = []
    for positions, causal in WAYS:
        own = spec.model_copy(update={"positions": positions})
        moved = shuffle.compare_orders(own, tokens, order, causal=causal)
        before, after = (read_layers(own, words, causal=causal) for words in (tokens, other))
        ways.append(Way(before, after, moved))
    return tuple(ways)
