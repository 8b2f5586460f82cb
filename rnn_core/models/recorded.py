"""What a network did with one sentence, before it is a `ModelTrace`: what each kind of network records of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

if TYPE_CHECKING:
    from rnn_core.recurrent.trace import NamedArrays, Trace


@dataclass(frozen=True, eq=False)
class Recorded:
    """Shapes: T words, E numbers a word, V outputs.

    Attributes:
        embedding: what the first layer received, (T, E).
        layers: every quantity of the layers.
        distribution: the probability of each output after each word, (T, V); None without a readout.
        attention: of each layer that looks back, its arrays.
    """

    embedding: Float[np.ndarray, "T E"]
    layers: Trace
    distribution: Float[np.ndarray, "T V"] | None
    attention: tuple[NamedArrays, ...] = ()
