"""Sentences as numbers: each word is to predict the next one, and the last word the reply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy

from rnn_core.models.language_model import NextOutput
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.training.spec import TrainSpec

NOTHING = -100  # torch's own mark for a target that does not count


@dataclass(frozen=True, eq=False)
class Sentences:
    """N sentences, filled up to T words.

    Attributes:
        words: the input words, (N, T); filled up with 0.
        targets: the output that follows each word, (N, T); filled up with `NOTHING`.
        lengths: the number of words of each, (N,).
    """

    words: Int[Tensor, "N T"]
    targets: Int[Tensor, "N T"]
    lengths: Int[Tensor, " N"]

    def __len__(self) -> int:
        """N, the number of sentences."""
        return len(self.words)

    def take(self, which: Int[Tensor, " B"]) -> Sentences:
        """Some of them, filled up only as far as these need it."""
        lengths = self.lengths[which]
        longest = int(lengths.max())
        return Sentences(self.words[which, :longest], self.targets[which, :longest], lengths)


def encode(pairs: Iterable[tuple[Sequence[str], str]], tokenizer: Tokenizer) -> Sentences:
    """Number (words, reply) pairs as a tokenizer does.

    Example:
        >>> from rnn_core.text.vocabulary import Vocabulary
        >>> encode([(("a", "b"), "R")], Tokenizer(Vocabulary(("a", "b")), ("a", "b", "R"))).targets
        tensor([[1, 2]])
    """
    output = {text: index for index, text in enumerate(tokenizer.outputs)}
    words, targets = [], []
    for sentence, reply in pairs:
        words.append(torch.tensor(tokenizer.encode(sentence)))
        targets.append(torch.tensor([output[text] for text in (*sentence[1:], reply)]))
    return Sentences(
        torch.nn.utils.rnn.pad_sequence(words, batch_first=True),
        torch.nn.utils.rnn.pad_sequence(targets, batch_first=True, padding_value=NOTHING),
        torch.tensor([len(sentence) for sentence in words]),
    )


def next_word_loss(
    model: NextOutput, batch: Sentences, spec: TrainSpec, generator: torch.Generator
) -> Float[Tensor, ""]:
    """The weighted mean of −log p over the words and replies of a batch.

    A share of the words is replaced by the unknown one on the way in (`word_dropout`); what is predicted stays.
    """
    dropped = torch.rand(batch.words.shape, generator=generator) < spec.word_dropout
    states = model.states(batch.words.masked_fill(dropped, 0))  # (B, T, H)
    counts = batch.targets != NOTHING
    surprise = cross_entropy(model.scores(states[counts]), batch.targets[counts], reduction="none")  # (P,)
    weight = torch.ones(batch.targets.shape)
    weight[torch.arange(len(batch)), batch.lengths - 1] = spec.reply_weight
    return (weight[counts] * surprise).sum() / weight[counts].sum()
