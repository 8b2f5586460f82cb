"""One text as a network that tells feelings reads it: its answer after every token, and which tokens turned it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float

from rnn_core.models import registry
from rnn_core.statistics.ranks import spearman

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.specs import ModelSpec


@dataclass(frozen=True, eq=False)
class FeelingReading:
    """Shapes: T tokens.

    Attributes:
        trace: everything that the network computed.
        drops: by how much the probability of its answer falls when a token is left out, (T,); read-only.
        influence: the norm of the derivative of the last state with respect to each token, (T,); read-only.
        agreement: Spearman's rank correlation of |drops| and influence; nan where either has one value.
    """

    trace: ModelTrace
    drops: Float[np.ndarray, " T"]
    influence: Float[np.ndarray, " T"]
    agreement: float

    def __post_init__(self) -> None:
        self.drops.flags.writeable = self.influence.flags.writeable = False

    @property
    def answers(self) -> tuple[int, ...]:
        """The number of the likeliest feeling after each token."""
        return tuple(map(int, self.trace.probabilities.argmax(axis=1)))

    @property
    def settled(self) -> int:
        """The token (0-based) from which on the answer is the one after the last token."""
        return settle(self.answers)


def settle(answers: Sequence[int]) -> int:
    """The first place from which on all answers are the last one.

    Example:
        >>> settle((0, 1, 0, 0)), settle((2, 2)), settle((0, 1))
        (2, 0, 1)
    """
    place = len(answers) - 1
    while place and answers[place - 1] == answers[-1]:
        place -= 1
    return place


def read(spec: ModelSpec, tokens: Sequence[str]) -> FeelingReading:
    """The network of `spec` on a text.

    Raises:
        KiokuError: no tokens, or a network that can't be loaded.
    """
    trace = registry.run(spec, tokens)
    told = int(trace.probabilities[-1].argmax())
    without = [tokens_without(tokens, place) for place in range(len(tokens))]
    left = np.array([registry.distributions(spec, rest)[-1, told] if rest else _unread(spec)[told] for rest in without])
    drops = float(trace.probabilities[-1, told]) - left.astype(np.float64)
    influence = registry.last_influence(spec, tokens)
    return FeelingReading(trace, drops, influence, spearman(np.abs(drops), influence))


def tokens_without(tokens: Sequence[str], place: int) -> tuple[str, ...]:
    """A text without one of its tokens.

    Example:
        >>> tokens_without(("a", "b", "c"), 1)
        ('a', 'c')
    """
    return (*tokens[:place], *tokens[place + 1 :])


def _unread(spec: ModelSpec) -> Float[np.ndarray, " K"]:
    """What the network says before it has read anything: of its first state, which is 0."""
    model = registry.RECURRENT.memoized(spec)
    with torch.inference_mode():
        found: Float[np.ndarray, " K"] = torch.softmax(model.scores(torch.zeros(spec.hidden)), dim=-1).numpy()
    return found
