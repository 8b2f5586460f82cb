"""What is measured on a network and one sentence: how far its reply looks back, what moves what, how long it takes."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import torch

from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.influence import influence
from rnn_core.models import zoo
from rnn_core.tasks import smalltalk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from rnn_core.gradients.gradient_trace import Float64
    from rnn_core.models.language_model import NextWord
    from rnn_core.specs import ModelSpec, NetworkSpec

RUNS, WARM = 25, 3  # timed runs, and untimed ones before them


def reply_norms(spec: ModelSpec, tokens: Sequence[str]) -> Mapping[str, Float64]:
    """‖∂ log p / ∂h_t‖ at every word, (T,), where p is the probability of the network's own reply after the last word.

    Under "hidden_state"; for an LSTM ‖∂ log p / ∂c_t‖ too, under "cell_state".

    Raises:
        KiokuError: what `zoo.load` raises.

    Example:
        >>> from rnn_core.specs import ModelSpec
        >>> reply_norms(ModelSpec(cell="gru", hidden=8), ("今日", "は", "暑い"))["hidden_state"].shape
        (3,)
    """
    model, inputs = _embedded(spec, tokens)

    def log_probability(states: Tensor) -> Tensor:
        scores = torch.log_softmax(model.readout(states[-1]), dim=-1)  # (V,)
        return scores.max()

    found = backpropagate(model.recurrent, inputs, log_probability)
    return {key: found.norms(key) for key in found.layers[-1][0]}


def input_influence(spec: ModelSpec, tokens: Sequence[str]) -> Float64:
    """‖∂h_t/∂x_s‖ of the network on this sentence, (T, T).

    Raises:
        KiokuError: what `zoo.load` raises.
    """
    model, inputs = _embedded(spec, tokens)
    return influence(model.recurrent, inputs)


def seconds_a_sentence(spec: NetworkSpec, tokens: Sequence[str], runs: int = RUNS) -> float:
    """How long the network takes from the words to all distributions, on this machine: the median of some runs."""
    model = zoo.memoized(spec)
    words = torch.tensor([smalltalk.vocabulary().encode(tokens)])  # (1, T)
    taken = []
    with torch.inference_mode():
        for _ in range(WARM + runs):
            begun = time.perf_counter()
            model(words)
            taken.append(time.perf_counter() - begun)
    return statistics.median(taken[WARM:])


def _embedded(spec: ModelSpec, tokens: Sequence[str]) -> tuple[NextWord, Tensor]:
    """The network, and what its recurrent layer receives, (T, E)."""
    model = zoo.memoized(spec)
    with torch.inference_mode():
        return model, model.embedding(torch.tensor(smalltalk.vocabulary().encode(tokens)))
