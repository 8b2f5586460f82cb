"""What is measured on a recurrent network and one sentence: how far its reply looks back, and what moves what."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import torch

from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.influence import influence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jaxtyping import Float, Int
    from torch import Tensor

    from rnn_core.gradients.gradient_trace import Float64
    from rnn_core.models.language_model import NextWord

WARM = 3  # untimed runs before those that are timed


def reply_norms(model: NextWord, words: Int[Tensor, " T"]) -> Mapping[str, Float64]:
    """‖∂ log p / ∂h_t‖ at every word, (T,), where p is the probability of the network's own reply after the last word.

    Under "hidden_state"; for an LSTM ‖∂ log p / ∂c_t‖ too, under "cell_state".
    """

    def log_probability(states: Tensor) -> Tensor:
        scores = torch.log_softmax(model.scores(states[-1]), dim=-1)  # (V,)
        return scores.max()

    found = backpropagate(model.recurrent, _embedded(model, words), log_probability)
    return {key: found.norms(key) for key in found.layers[-1][0]}


def input_influence(model: NextWord, words: Int[Tensor, " T"]) -> Float64:
    """‖∂h_t/∂x_s‖ of the network on this sentence, (T, T)."""
    return influence(model.recurrent, _embedded(model, words))


def median_seconds(read: Callable[[], object], runs: int) -> float:
    """How long it takes on this machine, read so often, after some untimed runs."""
    taken = []
    with torch.inference_mode():
        for _ in range(WARM + runs):
            begun = time.perf_counter()
            read()
            taken.append(time.perf_counter() - begun)
    return statistics.median(taken[WARM:])


def _embedded(model: NextWord, words: Int[Tensor, " T"]) -> Float[Tensor, "T E"]:
    """What the recurrent layer receives."""
    with torch.inference_mode():
        vectors: Tensor = model.embedding(words)
        return vectors
