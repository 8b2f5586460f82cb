"""What is measured on a recurrent network and one sentence: how far its reply looks back, and what moves what."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from jaxtyping import Float, Int
from torch import Tensor

from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.influence import influence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


def traced_back(read: Callable[[Tensor], Tensor], x: Float[Tensor, "T E"]) -> Float64:
    """‖∂h/∂x_s‖, the Frobenius norm, (T,), of the one state h, (B, H), that `read` makes of inputs, (B, T, E).

    Every number of h has its own copy of the sentence, so that one pass back is enough for all of them.

    Example:
        >>> traced_back(lambda x: 2 * x[:, -1], torch.zeros(3, 4))
        array([0., 0., 4.], dtype=float32)
    """
    with torch.no_grad():
        units = read(x[None]).shape[1]
    copies = x.detach().expand(units, -1, -1).clone().requires_grad_()  # (H, T, E)
    (gradient,) = torch.autograd.grad(read(copies).diagonal().sum(), copies)
    found: Float64 = torch.linalg.vector_norm(gradient, dim=(0, 2)).numpy()
    return found


@dataclass(frozen=True)
class Spread:
    """How long it took, in seconds: the median of all runs, and their quartiles."""

    median: float
    low: float
    high: float


def seconds_in_turns(reads: Sequence[Callable[[], object]], runs: int) -> tuple[Spread, ...]:
    """How long each of several readings takes on this machine, measured together.

    One run of each, then the next of each, and every time another one begins: whatever slows the machine down meanwhile
    slows all of them down alike. Only the time in which the processor works on it is counted. Some runs warm up.
    """
    taken: list[list[float]] = [[] for _ in reads]
    with torch.inference_mode():
        for run in range(WARM + runs):
            for turn in range(len(reads)):
                which = (run + turn) % len(reads)
                begun = time.thread_time()
                reads[which]()
                taken[which].append(time.thread_time() - begun)
    return tuple(_spread(found[WARM:]) for found in taken)


def _spread(seconds: Sequence[float]) -> Spread:
    low, median, high = statistics.quantiles(seconds, n=4, method="inclusive")
    return Spread(median, low, high)


def _embedded(model: NextWord, words: Int[Tensor, " T"]) -> Float[Tensor, "T E"]:
    """What the recurrent layer receives."""
    with torch.inference_mode():
        vectors: Tensor = model.embedding(words)
        return vectors
