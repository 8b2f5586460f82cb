"""Looking back: a score for every source position, softmax, and the weighted mean of what stands there.

Letters: B batch, S source positions, T target steps, H units of the decoder, M numbers an encoder state has, K heads.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn


@dataclass(frozen=True, eq=False)
class EncoderOutput:
    """What a decoder can attend to: made once a source, the same at every step.

    Attributes:
        states: the encoder's states, (B, S, M).
        keys: what a step's query is compared with, (B, K, S, D).
        values: what the weights average, (B, K, S, D).
        absent: where the source is only filled up, (B, S).
        start: the state of each decoder layer before the first step, each (B, H).
    """

    states: Float[Tensor, "B S M"]
    keys: Float[Tensor, "B K S D"] | None
    values: Float[Tensor, "B K S V"] | None
    absent: Bool[Tensor, "B S"]
    start: tuple[Float[Tensor, "B H"], ...]

    def repeat(self, times: int) -> EncoderOutput:
        """The memory of one source, for so many hypotheses about it."""

        def wide(part: Tensor) -> Tensor:
            return part.expand(times, *part.shape[1:])

        keys, values = (None if part is None else wide(part) for part in (self.keys, self.values))
        return EncoderOutput(wide(self.states), keys, values, wide(self.absent), tuple(map(wide, self.start)))


@dataclass(frozen=True, eq=False)
class StepOverride:
    """What is overridden of the attention of one step: a row in place of the network's own, or positions taken away.

    Attributes:
        row: the weights, each row sums to 1, (K, S); nan where a head keeps its own.
        without: positions that are not to be looked at, (K, S).
    """

    row: Float[Tensor, "K S"]
    without: Bool[Tensor, "K S"]


@dataclass(frozen=True, eq=False)
class AttentionStep:
    """The attention of every head at one step, or at T steps at once.

    Attributes:
        scores: how well each position fits, before softmax, (B, K, T, S).
        weights: their softmax, each row sums to 1, exactly 0 where there is nothing to look at, (B, K, T, S).
        context: the weighted mean of the values, (B, K, T, V).
    """

    scores: Float[Tensor, "B K T S"]
    weights: Float[Tensor, "B K T S"]
    context: Float[Tensor, "B K T V"]


def attend(
    scores: Float[Tensor, "B K T S"], memory: EncoderOutput, override: StepOverride | None = None
) -> AttentionStep:
    """From scores to weights and context.

    Source: Bahdanau, Cho & Bengio 2015, eq. (6) and (5); Luong, Pham & Manning 2015, eq. (7).
    """
    assert memory.values is not None
    absent = memory.absent[:, None, None]  # (B, 1, 1, S)
    if override is not None:
        absent = absent | override.without[:, None]  # (B, K, 1, S)
    # α_ts = exp(score_ts) / Σ_s' exp(score_ts')
    weights = scores.masked_fill(absent, -math.inf).softmax(dim=-1)  # (B, K, T, S)
    if override is not None:
        weights = torch.where(override.row[:, None].isnan(), weights, override.row[:, None])
    # c_t = Σ_s α_ts v_s
    return AttentionStep(scores, weights, weights @ memory.values)


class AdditiveAttention(nn.Module):
    """A small network compares the decoder's last state with each encoder state.

    Source: Bahdanau, Cho & Bengio 2015, section A.1.2: a(s_{t−1}, e_s) = vᵀ tanh(W_a s_{t−1} + U_a e_s).
    """

    def __init__(self, hidden: int, memory: int) -> None:
        super().__init__()
        self.query = nn.Linear(hidden, hidden, bias=False)  # W_a
        self.key = nn.Linear(memory, hidden, bias=False)  # U_a
        self.score = nn.Linear(hidden, 1, bias=False)  # v

    def scores(self, states: Float[Tensor, "B T H"], keys: Float[Tensor, "B 1 S H"]) -> Float[Tensor, "B 1 T S"]:
        """How well each source position fits each decoder state."""
        # score_ts = vᵀ tanh(W_a s_{t−1} + U_a e_s)
        found: Tensor = self.score(torch.tanh(self.query(states)[:, None, :, None] + keys[:, :, None]))
        return found[..., 0]  # (B, 1, T, S)


class DotAttention(nn.Module):
    """The inner product of the decoder's state with each encoder state, brought to its size.

    Source: Luong, Pham & Manning 2015, eq. (8), "general": score(s_t, e_s) = s_tᵀ W_a e_s. Their "dot" is this with
    W_a = 1, which needs encoder states of the decoder's size; those of a bidirectional encoder have twice as many.
    """

    def __init__(self, hidden: int, memory: int) -> None:
        super().__init__()
        self.key = nn.Linear(memory, hidden, bias=False)  # W_a

    def scores(self, states: Float[Tensor, "B T H"], keys: Float[Tensor, "B 1 S H"]) -> Float[Tensor, "B 1 T S"]:
        """How well each source position fits each decoder state."""
        # score_ts = s_tᵀ W_a e_s
        return states[:, None] @ keys.mT  # (B, 1, T, S)
