"""Newton's rounds on one sentence of a next-word model, and how the minimal cells read the same words by a scan."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float

from rnn_core.gradients.newton import NewtonRun, deer
from rnn_core.models import registry
from rnn_core.models.model_trace import Guess
from rnn_core.quantities import colour_limit
from rnn_core.recurrent.scans import stages
from rnn_core.specs import MinimalSpec, ModelSpec

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 200  # words
WORK = 1e9  # T² N²: as many rounds as words, each with a matrix of N × N a word


def longest(spec: ModelSpec) -> int:
    """On how many words the rounds of a network of this size are looked for at most.

    Example:
        >>> longest(ModelSpec(cell="lstm", hidden=64)), longest(ModelSpec(cell="lstm", hidden=512))
        (200, 30)
    """
    numbers = spec.hidden * (2 if spec.cell == "lstm" else 1)
    return min(MOST, int(math.sqrt(WORK) / numbers))


def solve(spec: ModelSpec, tokens: Sequence[str], *, scale: float, clip: bool) -> NewtonRun:
    """Newton's method on the first layer of the network of `spec`, read forwards.

    Raises:
        KiokuError: no words, more than `longest`, a scale out of range, or a network that can't be loaded.
    """
    model = registry.RECURRENT.memoized(spec)
    words = torch.tensor(registry.RECURRENT.tokenizer(spec).encode(tokens[: longest(spec)]))
    return deer(model.recurrent, model.embedding(words).detach(), scale=scale, clip=clip)


@dataclass(frozen=True, eq=False)
class ScanStages:
    """A sentence read by minGRU or minLSTM in the stages of Hillis and Steele. Shapes: R stages, T words, H units.

    Attributes:
        a: (R + 1, T, H), the factor of what came before the words that are joined so far.
        b: (R + 1, T, H), the state of a network that has read only these; row R is h.
        reply: the most probable output after the last word.
        gap: the largest |scan − loop| / max(1, |loop|).
    """

    a: Float[np.ndarray, "R T H"]
    b: Float[np.ndarray, "R T H"]
    reply: Guess
    gap: float

    @property
    def limit(self) -> float:
        """How far a colour scale of the states reaches, as that of every unbounded quantity does."""
        return colour_limit(self.b)


def read_by_scan(spec: MinimalSpec, tokens: Sequence[str]) -> ScanStages:
    """Read a sentence, and keep what is known after every stage of the scan.

    Raises:
        KiokuError: no words, or a network that can't be loaded.
    """
    trace = registry.run(spec, tokens)
    model = registry.MINIMAL.memoized(spec)
    with torch.inference_mode():
        found = list(stages(*model.recurrent.coefficients(torch.tensor(trace.embedding))))
    a, b = (np.stack([part[place].numpy() for part in found]) for place in (0, 1))
    return ScanStages(a, b, trace.top(len(trace) - 1, 1)[0], trace.layers.parity)


def hidden_states(spec: ModelSpec, tokens: Sequence[str]) -> NDArray[np.floating]:
    """h of the network of `spec` after each word, (T, H)."""
    states: NDArray[np.floating] = registry.run(spec, tokens).layer()["hidden_state"]
    return states
