"""Sources and targets as numbers, in batches of like length, and the loss of a translating model on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence

from rnn_core import runtime
from rnn_core.tasks.pairs import Pair, PairTask
from rnn_core.text.symbols import BEGIN, END, PAD, UNKNOWN_ID
from rnn_core.training.spec import TrainSpec


@dataclass(frozen=True, eq=False)
class EncodedPairs:
    """N sources, filled up to S tokens, each with one right target, filled up to T tokens with its begin and end.

    Attributes:
        source: token numbers, (N, S); filled up with `PAD`.
        lengths: the number of tokens of each source, (N,).
        target: `BEGIN`, the target's tokens, `END`, (N, T); filled up with `PAD`.
    """

    source: Int[Tensor, "N S"]
    lengths: Int[Tensor, " N"]
    target: Int[Tensor, "N T"]

    def __len__(self) -> int:
        """N, the number of sources with a target."""
        return len(self.source)

    def take(self, which: Int[Tensor, " B"]) -> EncodedPairs:
        """Some of them, filled up only as far as these need it."""
        lengths, target = self.lengths[which], self.target[which]
        longest = int((target != PAD).sum(dim=1).max())
        return EncodedPairs(self.source[which, : int(lengths.max())], lengths, target[:, :longest])


def encode_pairs(task: PairTask, pairs: Iterable[Pair]) -> EncodedPairs:
    """Number the pairs by the task's two lists; a source with several right targets stands there with each of them."""
    rows = [(pair.source, target) for pair in pairs for target in pair.targets]
    source = [torch.tensor(task.source().encode(words)) for words, _ in rows]
    target = [torch.tensor([BEGIN, *task.target().encode(words), END]) for _, words in rows]
    return EncodedPairs(
        pad_sequence(source, batch_first=True, padding_value=PAD),
        torch.tensor([len(words) for words, _ in rows]),
        pad_sequence(target, batch_first=True, padding_value=PAD),
    )


def bucket_by_length(data: EncodedPairs, size: int, seed: int) -> Buckets:
    """The pairs in batches of like length, so that little is filled up; which are together is chance."""
    generator = runtime.generator(seed)
    length = (data.target != PAD).sum(dim=1) * data.source.shape[1] + data.lengths
    drawn = torch.randperm(len(data), generator=generator)
    return Buckets(data, torch.split(drawn[torch.argsort(length[drawn], stable=True)], size))


@dataclass(frozen=True, eq=False)
class Buckets:
    """Pairs in batches of like length, each of which counts as one example of a training.

    Attributes:
        data: the pairs.
        batches: the numbers of each batch's pairs, (B,) each.
    """

    data: EncodedPairs
    batches: tuple[Int[Tensor, " _"], ...]

    def __len__(self) -> int:
        """How many batches there are."""
        return len(self.batches)

    def take(self, which: Int[Tensor, " C"]) -> EncodedPairs:
        """The pairs of some batches."""
        return self.data.take(torch.cat([self.batches[number] for number in which.tolist()]))


def translation_loss(
    model: nn.Module, batch: EncodedPairs, spec: TrainSpec, generator: torch.Generator
) -> Float[Tensor, ""]:
    """The mean of −log p over the target tokens of a batch, the right tokens so far given (teacher forcing).

    A share of the source's tokens is replaced by the unknown one, so that it is learned too.
    """
    dropped = torch.rand(batch.source.shape, generator=generator) < spec.word_dropout
    source = batch.source.masked_fill(dropped & (batch.source != PAD), UNKNOWN_ID)
    scores = model(source, batch.lengths, batch.target[:, :-1])  # (B, T − 1, V)
    return cross_entropy(scores.flatten(0, 1), batch.target[:, 1:].flatten(), ignore_index=PAD)


def mean_loss(model: nn.Module, data: Buckets) -> float:
    """The mean of −log p over all target tokens of some pairs, the right tokens so far given."""
    total, tokens = 0.0, 0
    with torch.inference_mode():
        for which in data.batches:
            batch = data.data.take(which)
            scores, wanted = model(batch.source, batch.lengths, batch.target[:, :-1]), batch.target[:, 1:]
            total += cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=PAD, reduction="sum").item()
            tokens += int((wanted != PAD).sum())
    return total / tokens
