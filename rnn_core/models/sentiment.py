"""The sentiment network: an LSTM in one direction or two over the words, and how the sentence feels, with certainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnn_core.models.family import Family, count_parameters
from rnn_core.tasks import smalltalk
from rnn_core.tasks.sentiment import EMBEDDING, FEELINGS, SentimentSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.tasks.smalltalk import Sentiment
    from rnn_core.text.tokenizer import Tokenizer


class SentimentClassifier(nn.Module):
    """Embedding → LSTM → a score for each of the three feelings.

    Asked after the sentence, it reads the state after the last word, and with two directions beside it the backward
    one's state after the first word, which that one reads last. Asked at each word, it reads that word's states.

    Args:
        spec: its directions and sizes, and when it is asked.
        words: how many words come in, the unknown one included.

    Example:
        >>> model = SentimentClassifier(SentimentSpec(asked="word", directions=2), words=9)
        >>> model(torch.tensor([[1, 2, 3], [4, 5, 0]]), torch.tensor([3, 2])).shape
        torch.Size([2, 3, 3])
    """

    def __init__(self, spec: SentimentSpec, words: int) -> None:
        super().__init__()
        self.asked, self.hidden = spec.asked, spec.hidden
        self.embedding = nn.Embedding(words, EMBEDDING)
        both = spec.directions == 2
        self.recurrent = nn.LSTM(EMBEDDING, spec.hidden, batch_first=True, bidirectional=both)
        self.readout = nn.Linear(spec.hidden * spec.directions, len(FEELINGS))

    def forward(self, words: Int[Tensor, "B T"], lengths: Int[Tensor, " B"]) -> Float[Tensor, "B N K"]:
        """The scores before softmax, N = T of each word or N = 1 of the sentence; past a sentence's end, anything."""
        packed = pack_padded_sequence(self.embedding(words), lengths.cpu(), batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.recurrent(packed)[0], batch_first=True)  # (B, T, directions · H)
        if self.asked == "sentence":
            last = states[torch.arange(len(words)), lengths - 1, : self.hidden]  # (B, H)
            states = torch.cat([last, states[:, 0, self.hidden :]], dim=1)[:, None]  # (B, 1, directions · H)
        scores: Tensor = self.readout(states)  # (B, N, K)
        return scores


@dataclass(frozen=True, eq=False)
class SentimentPrediction:
    """What one network says of one sentence.

    Attributes:
        spec: which network.
        tokens: the T words.
        shares: the probability of each of `FEELINGS`, (T, 3) where it is asked at each word, else (1, 3); read-only.
        parameters: how many numbers it learned beside the embedding.
    """

    spec: SentimentSpec
    tokens: tuple[str, ...]
    shares: Float[np.ndarray, "N K"]
    parameters: int

    def __post_init__(self) -> None:
        self.shares.flags.writeable = False

    @property
    def settled(self) -> int:
        """The word (0-based) from which on its answer is the one it gives at the last word."""
        said = self.shares.argmax(axis=1)  # (N,)
        other = np.flatnonzero(said != said[-1])
        return int(other[-1]) + 1 if other.size else 0

    def feeling(self, step: int) -> Sentiment:
        """Its answer at a word (0-based)."""
        return FEELINGS[int(self.shares[step].argmax())]


def build_classifier(spec: SentimentSpec, tokenizer: Tokenizer) -> SentimentClassifier:
    """The network of a spec, with torch's first values."""
    return SentimentClassifier(spec, len(tokenizer.vocabulary))


def small_talk(_spec: SentimentSpec) -> Tokenizer:
    """All of the networks read small talk."""
    return smalltalk.tokenizer()


CLASSIFIERS: Family[SentimentSpec, SentimentClassifier] = Family(build_classifier, small_talk)


def classify(spec: SentimentSpec, tokens: Sequence[str]) -> SentimentPrediction:
    """What the network of `spec` says of a sentence; words that it never learned are read as the unknown one.

    Raises:
        KiokuError: no words; and what `Family.load` raises.

    Example:
        >>> said = classify(SentimentSpec(asked="sentence", directions=1), ["今日", "は", "暖かく", "ない"])
        >>> FEELINGS[int(said.shares[-1].argmax())]
        'negative'
    """
    model, words = CLASSIFIERS.memoized(spec), torch.tensor([CLASSIFIERS.tokenizer(spec).encode(tokens)])
    with torch.inference_mode():
        shares = torch.softmax(model(words, torch.tensor([len(tokens)])), dim=-1)[0]  # (N, K)
    return SentimentPrediction(spec, tuple(tokens), shares.numpy(), count_parameters(model, ("embedding",)))
