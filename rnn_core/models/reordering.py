"""The same words in two orders, read word by word by one network: how far apart its readings are after each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from rnn_core.lineup import rms_difference
from rnn_core.models import registry
from rnn_core.models.model_trace import Guess, likeliest
from rnn_core.order import arranged, total_variation
from rnn_core.specs import ModelSpec, NetworkSpec
from rnn_core.tasks.language import find_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, eq=False)
class Reordering:
    """What one network expects after each word of two orders of the same words.

    Shapes: T words, V outputs.

    Attributes:
        spec: which network.
        before: the probability of each output after each word of the first order, (T, V); read-only.
        after: the same of the second order, (T, V); read-only.
        gap: how far the hidden states are apart after each word, per unit (root mean square), (T,); None for a network
            without a state.
    """

    spec: NetworkSpec
    before: Float[np.ndarray, "T V"]
    after: Float[np.ndarray, "T V"]
    gap: Float[np.ndarray, " T"] | None

    def __post_init__(self) -> None:
        for values in (self.before, self.after):
            values.flags.writeable = False

    @cached_property
    def moved(self) -> tuple[float, ...]:
        """How much probability moves from one order to the other after each word; 0 only where every bit is equal."""
        return tuple(total_variation(one, other) for one, other in zip(self.before, self.after, strict=True))

    def top(self, step: int) -> tuple[Guess, Guess]:
        """The most probable output of each order after a word (0-based)."""
        own = find_tokenizer(self.spec.task)
        first, second = (
            likeliest(rows[step], own.outputs, own.ends, own.output_glosses, 1)[0] for rows in (self.before, self.after)
        )
        return first, second


def read_orders(spec: NetworkSpec, words: Sequence[str], places: Sequence[int]) -> Reordering | None:
    """Let a network read a sentence in two orders; None where it can't read so many words.

    Args:
        spec: which network.
        words: the first order, (T,).
        places: of each word of the second order its place (0-based) in the first, (T,).

    Raises:
        KiokuError: no words; places that are no order of them; and what loading the network raises.
    """
    other = arranged(words, places)
    if not spec.takes(len(words)):
        return None
    before, after = (registry.distributions(spec, sentence) for sentence in (words, other))
    gap = None
    if isinstance(spec, ModelSpec):
        first, second = (registry.run(spec, sentence).layer()["hidden_state"] for sentence in (words, other))
        gap = rms_difference(first, second)
    return Reordering(spec, before, after, gap)
