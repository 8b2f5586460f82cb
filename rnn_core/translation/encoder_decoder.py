"""The encoder-decoder: one network reads the source, another writes the target, with or without looking back.

Letters: B batch, S source positions, T target steps, H hidden units, E = H numbers a token, V target tokens.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnn_core.models.attention import (
    AdditiveAttention,
    AttentionStep,
    DotAttention,
    EncoderOutput,
    StepOverride,
    attend,
)
from rnn_core.specs import TranslatorSpec


@dataclass(frozen=True, eq=False)
class Step:
    """What a decoder did in one step.

    Attributes:
        scores: one a target token, before softmax, (B, V).
        state: of each decoder layer after the step, each (B, H).
        inputs: what each decoder layer received, each (B, D).
        attention: how it attended, None for a decoder that does not.
    """

    scores: Float[Tensor, "B V"]
    state: tuple[Float[Tensor, "B H"], ...]
    inputs: tuple[Float[Tensor, "B _"], ...]
    attention: AttentionStep | None


class EncoderDecoder(nn.Module):
    """What every translating network does, so that all are run, searched and explained in one way."""

    encoder: nn.GRU
    decoders: tuple[str, ...]
    """The names of the decoder's layers, each an `nn.GRU` that `record` can take."""

    def embed(self, source: Int[Tensor, "B S"]) -> Float[Tensor, "B S E"]:
        """What the encoder receives."""
        raise NotImplementedError

    def read(self, embedded: Float[Tensor, "B S E"], lengths: Int[Tensor, " B"]) -> EncoderOutput:
        """Read sources of these lengths, filled up at their ends; what they are filled up with changes nothing."""
        raise NotImplementedError

    def step(
        self,
        previous: Int[Tensor, " B"],
        state: tuple[Tensor, ...],
        memory: EncoderOutput,
        override: StepOverride | None = None,
    ) -> Step:
        """Write one more token, given the one before it and the state of each decoder layer."""
        raise NotImplementedError

    def queries(self, before: Float[Tensor, "B T H"], after: Float[Tensor, "B T H"]) -> Float[Tensor, "B K T D"] | None:
        """What steps compare the keys with, of the first decoder layer's states before and after each; None without.

        They are what `step` compares. A score is the product of a query and a key, or, where there are `score_weights`,
        that of those with tanh(query + key).
        """
        raise NotImplementedError

    @property
    def score_weights(self) -> Float[Tensor, " D"] | None:
        """What weighs the numbers of a score, of additive attention."""
        return None

    def outside(self) -> tuple[nn.Module, ...]:
        """The embeddings and the readout: what depends on how many tokens there are."""
        raise NotImplementedError

    def encode(self, source: Int[Tensor, "B S"], lengths: Int[Tensor, " B"]) -> EncoderOutput:
        """`read` from token numbers."""
        return self.read(self.embed(source), lengths)

    def follow(self, memory: EncoderOutput, target: Int[Tensor, "B T"]) -> Float[Tensor, "B T V"]:
        """The score of each target token after each step, step by step, the right tokens so far given."""
        state, scores = memory.start, []
        for previous in target.unbind(dim=1):
            step = self.step(previous, state, memory)
            state = step.state
            scores.append(step.scores)
        return torch.stack(scores, dim=1)


def run_padded(encoder: nn.GRU, embedded: Float[Tensor, "B S E"], lengths: Int[Tensor, " B"]) -> Float[Tensor, "B S M"]:
    """A layer over sequences of different lengths; 0 where they are filled up."""
    packed = pack_padded_sequence(embedded, lengths.cpu(), batch_first=True, enforce_sorted=False)
    states, _ = pad_packed_sequence(encoder(packed)[0], batch_first=True, total_length=embedded.shape[1])
    return states


def gru_step(layer: nn.GRU, inputs: Float[Tensor, "B D"], state: Float[Tensor, "B H"]) -> Float[Tensor, "B H"]:
    """One step of a one-layer `nn.GRU`, without the cost of a sequence."""
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    return torch.gru_cell(inputs, state, *(layer.get_parameter(name) for name in names))


class Translator(EncoderDecoder):
    """GRU encoder, bidirectional unless its spec says otherwise → GRU decoder → one score a target token.

    - "none": the encoder's two last states, through `start`, are all that the decoder learns of the source
      (Sutskever, Vinyals & Le 2014; Cho et al. 2014).
    - "additive": before each step the decoder looks back with its last state, and what it sees enters the step
      (Bahdanau, Cho & Bengio 2015, eq. (4)–(6)).
    - "dot": after each step the decoder looks back with its new state, and what it sees enters the output
      (Luong, Pham & Manning 2015, eq. (5)–(8), global attention without input feeding).

    All three start from the encoder's last states, so that attention is the only difference. With either attention
    the output is made from h̃_t = tanh(W_c [c_t; s_t]) (Luong eq. (5)); Bahdanau's has a maxout layer there.

    Its parameters have plain names, so the weights can be used with torch alone.

    Args:
        spec: attention and hidden size.
        source_words: how many source tokens there are, the four special ones included (`rnn_core.text.symbols`).
        target_words: how many target tokens there are, likewise.

    Example:
        >>> spec = TranslatorSpec(task="phrases", attention="additive", hidden=8)
        >>> model = Translator(spec, source_words=10, target_words=12)
        >>> source, lengths = torch.tensor([[4, 5, 6], [7, 8, 0]]), torch.tensor([3, 2])
        >>> model(source, lengths, torch.tensor([[2, 4], [2, 5]])).shape
        torch.Size([2, 2, 12])
    """

    decoders = ("decoder",)

    def __init__(self, spec: TranslatorSpec, source_words: int, target_words: int) -> None:
        super().__init__()
        hidden, memory = spec.hidden, 2 * spec.hidden
        self.source_embedding = nn.Embedding(source_words, hidden)
        self.target_embedding = nn.Embedding(target_words, hidden)
        self.both_ways = spec.directions == 2
        self.encoder = nn.GRU(hidden, memory // spec.directions, batch_first=True, bidirectional=self.both_ways)
        self.start = nn.Linear(memory, hidden)
        self.attention: AdditiveAttention | DotAttention | None = None
        if spec.attention == "additive":
            self.attention = AdditiveAttention(hidden, memory)
        elif spec.attention == "dot":
            self.attention = DotAttention(hidden, memory)
        self.looks_first = spec.attention == "additive"
        self.decoder = nn.GRU(hidden + memory if self.looks_first else hidden, hidden, batch_first=True)
        self.combine = None if self.attention is None else nn.Linear(memory + hidden, hidden)
        self.readout = nn.Linear(hidden, target_words)

    def forward(
        self, source: Int[Tensor, "B S"], lengths: Int[Tensor, " B"], target: Int[Tensor, "B T"]
    ) -> Float[Tensor, "B T V"]:
        """The score of each target token after each step, the right tokens so far given (teacher forcing).

        Args:
            source: token numbers, filled up at the end with anything.
            lengths: how many tokens each source has, at least 1.
            target: what the decoder receives: `BEGIN`, then the right tokens without the last; filled up likewise.
        """
        memory = self.encode(source, lengths)
        if self.looks_first:
            return self.follow(memory, target)
        written = self.target_embedding(target)  # (B, T, H)
        states = self.decoder(written, memory.start[0][None].contiguous())[0]  # (B, T, H)
        if self.attention is None:
            scores: Tensor = self.readout(states)
            return scores
        return self._scores(states, self._attend(states, memory))

    def embed(self, source: Int[Tensor, "B S"]) -> Float[Tensor, "B S E"]:
        """What the encoder receives."""
        vectors: Tensor = self.source_embedding(source)
        return vectors

    def outside(self) -> tuple[nn.Module, ...]:
        """The embeddings and the readout."""
        return self.source_embedding, self.target_embedding, self.readout

    def queries(self, before: Float[Tensor, "B T H"], after: Float[Tensor, "B T H"]) -> Float[Tensor, "B 1 T H"] | None:
        """W_a s_{t−1} of additive attention, s_t of dot-product attention."""
        if isinstance(self.attention, AdditiveAttention):
            found: Tensor = self.attention.query(before)
            return found[:, None]
        return None if self.attention is None else after[:, None]

    @property
    def score_weights(self) -> Float[Tensor, " H"] | None:
        """v of additive attention."""
        return self.attention.score.weight[0] if isinstance(self.attention, AdditiveAttention) else None

    def read(self, embedded: Float[Tensor, "B S E"], lengths: Int[Tensor, " B"]) -> EncoderOutput:
        """Read sources of these lengths, filled up at their ends; what they are filled up with changes nothing."""
        states = run_padded(self.encoder, embedded, lengths)  # (B, S, 2H)
        last = states[torch.arange(len(states)), lengths - 1]  # (B, 2H)
        if self.both_ways:
            last = torch.cat([last.chunk(2, dim=-1)[0], states.chunk(2, dim=-1)[1][:, 0]], dim=-1)  # [→e_S; ←e_1]
        # s_0 = tanh(W_s [→e_S; ←e_1]), of an encoder that reads forwards only tanh(W_s e_S)
        start = torch.tanh(self.start(last))  # (B, H)
        absent = torch.arange(states.shape[1]) >= lengths[:, None]  # (B, S)
        if self.attention is None:
            return EncoderOutput(states, None, None, absent, (start,))
        return EncoderOutput(states, self.attention.key(states)[:, None], states[:, None], absent, (start,))

    def step(
        self,
        previous: Int[Tensor, " B"],
        state: tuple[Tensor, ...],
        memory: EncoderOutput,
        override: StepOverride | None = None,
    ) -> Step:
        """Write one more token, given the one before it and the decoder's state."""
        written = self.target_embedding(previous)  # (B, E)
        seen: AttentionStep | None = None
        if self.looks_first:
            seen = self._attend(state[0][:, None], memory, override)
            written = torch.cat([written, seen.context[:, 0, 0]], dim=-1)  # (B, E + 2H)
        # s_t = GRU(y_{t−1}, s_{t−1}), additive: GRU([y_{t−1}; c_t], s_{t−1})
        new = gru_step(self.decoder, written, state[0])  # (B, H)
        if self.attention is not None and not self.looks_first:
            seen = self._attend(new[:, None], memory, override)
        scores = self.readout(new) if seen is None else self._scores(new[:, None], seen)[:, 0]
        return Step(scores, (new,), (written,), seen)

    def _attend(
        self, states: Float[Tensor, "B T H"], memory: EncoderOutput, override: StepOverride | None = None
    ) -> AttentionStep:
        assert self.attention is not None
        assert memory.keys is not None
        return attend(self.attention.scores(states, memory.keys), memory, override)

    def _scores(self, states: Float[Tensor, "B T H"], seen: AttentionStep) -> Float[Tensor, "B T V"]:
        assert self.combine is not None
        # h̃_t = tanh(W_c [c_t; s_t] + b_c)
        combined = torch.tanh(self.combine(torch.cat([seen.context[:, 0], states], dim=-1)))  # (B, T, H)
        # score_t = W_o h̃_t + b_o
        scores: Tensor = self.readout(combined)
        return scores  # (B, T, V)
