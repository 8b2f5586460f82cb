"""Which state carries a word: states of one sentence, put one after the other into another, and what they restore."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float

from rnn_core.errors import KiokuError
from rnn_core.models import registry
from rnn_core.recurrent.patching import patch_sweep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.recurrent.trace import Trace
    from rnn_core.specs import RecurrentSpec

GROUPS = 8  # of units, beside all of them
LEAST = 0.01  # of the reply's probability: what differs less is not worth restoring


@dataclass(frozen=True, eq=False)
class Carrying:
    """What the states of a sentence restore in another.

    Attributes:
        clean, other: the probability of the reply to the sentence, there and in the other.
        groups: the units that are taken over together, 0-based; the first group is all of them.
        restored: (T, groups), the share of clean − other that returns when a group is taken over after a word, by its
            position in the sentence; None where the two differ by less than `LEAST`.
    """

    clean: float
    other: float
    groups: tuple[tuple[int, ...], ...]
    restored: Float[np.ndarray, "T G"] | None


def find_carrying(
    spec: RecurrentSpec, tokens: Sequence[str], others: Sequence[str], layer: int = 0, direction: int = 0
) -> Carrying:
    """Take each state of a sentence over into another of as many words, in one direction of one layer.

    Raises:
        KiokuError: sentences of different length, a network without a readout, or one that can't be loaded.

    Example:
        >>> from rnn_core.specs import ModelSpec
        >>> found = find_carrying(ModelSpec(cell="gru", hidden=16), ["犬", "が", "好き"], ["猫", "が", "好き"])
        >>> len(found.groups), found.groups[1]
        (9, (0, 1))
    """
    model, tokenizer = registry.family_of(spec).memoized(spec), registry.family_of(spec).tokenizer(spec)
    if model.readout is None:
        raise KiokuError("no_readout")
    if len(tokens) != len(others):
        raise KiokuError("patch_sequences", clean=f"({len(tokens)})", corrupted=f"({len(others)})")
    groups = (tuple(range(spec.hidden)), *_groups(spec.hidden))
    with torch.inference_mode():
        one, other = (model.embedding(torch.tensor(tokenizer.encode(words))) for words in (tokens, others))

        def probabilities(states: Float[np.ndarray, " P"]) -> Float[np.ndarray, " V"]:
            found: Float[np.ndarray, " V"] = torch.softmax(model.scores(torch.tensor(states)).double(), -1).numpy()
            return found

        clean = probabilities(registry.run(spec, tokens).layers.output[-1])
        reply = int(clean.argmax())

        def of_reply(trace: Trace) -> float:
            return float(probabilities(trace.output[-1])[reply])

        before, after = float(clean[reply]), of_reply(registry.run(spec, others).layers)
        restored = None
        if abs(before - after) >= LEAST:
            restored = patch_sweep(model.recurrent, one, other, of_reply, groups, layer, direction)
    return Carrying(before, after, groups, restored)


def _groups(units: int) -> tuple[tuple[int, ...], ...]:
    """Neighbouring units in groups of one size, or nearly.

    Example:
        >>> _groups(3), len(_groups(64)[0])
        (((0,), (1,), (2,)), 8)
    """
    return tuple(tuple(part.tolist()) for part in np.array_split(np.arange(units), min(GROUPS, units)))
