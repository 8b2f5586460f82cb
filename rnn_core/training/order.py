"""How often the networks answer right, and how often where only the order of the words tells the answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

import torch
from jaxtyping import Bool
from torch import Tensor
from typing_extensions import TypedDict

from rnn_core.models.language_model import NextOutput
from rnn_core.specs import NetworkSpec
from rnn_core.tasks import smalltalk
from rnn_core.training.sentences import Sentences


class OrderScore(TypedDict):
    """Numbers of held-out sentences.

    Attributes:
        readable: which are not too long for the network; what it can't read it can't answer.
        right: whose likeliest output of all is the right reply.
        twins_right: which of them are twins (`twins`).
    """

    readable: int
    right: int
    twins_right: int


class Baselines(NamedTuple):
    """Shares of right replies that take no reading.

    Attributes:
        chance: of a reply by lot.
        majority: among all held-out sentences, of the reply that is most frequent in those to learn from.
        majority_twins: the same among the twins.
    """

    chance: float
    majority: float
    majority_twins: float


@cache
def baselines() -> Baselines:
    """What the shares of the networks are to be compared with.

    Example:
        >>> [round(share, 3) for share in baselines()]
        [0.015, 0.091, 0.0]
    """
    learned, held_out = smalltalk.split()
    counted = Counter(example.reply for example in learned)
    ((commonest, _),) = counted.most_common(1)
    right = torch.tensor([example.reply == commonest for example in held_out])
    return Baselines(1 / len(counted), float(right.double().mean()), float(right[twins()].double().mean()))


@cache
def twins() -> Bool[Tensor, " N"]:
    """Which held-out sentences have the same words as a sentence of the grammar with another reply."""
    replies = defaultdict(set)
    for example in smalltalk.examples():
        replies[tuple(sorted(example.words))].add(example.reply)
    return torch.tensor([len(replies[tuple(sorted(example.words))]) > 1 for example in smalltalk.split().test])


def order_score(model: NextOutput, spec: NetworkSpec, held_out: Sentences, twin: Bool[Tensor, " N"]) -> OrderScore:
    """What the manifest says of a network in this comparison."""
    readable = can_read(spec, held_out)
    right = torch.zeros(len(held_out), dtype=torch.bool)
    with torch.inference_mode():
        for which in torch.split(torch.nonzero(readable)[:, 0], 1024):
            batch = held_out.take(which)
            last = torch.arange(len(batch)), batch.lengths - 1
            replies = model.scores(model.states(batch.words)[last]).argmax(dim=-1)
            right[which] = replies == batch.targets[last]
    return OrderScore(readable=int(readable.sum()), right=int(right.sum()), twins_right=int((right & twin).sum()))


def can_read(spec: NetworkSpec, sentences: Sentences) -> Bool[Tensor, " N"]:
    """Which sentences are not too long for the network."""
    return torch.tensor([spec.takes(length) for length in sentences.lengths.tolist()])
