"""How the networks that answer at the end are trained, and what the manifest says of them.

They learn the replies of the sentences from which the others (`shipped`) learn every next word too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy

from rnn_core.models.family import count_parameters
from rnn_core.specs import ResponderSpec
from rnn_core.training import manifests
from rnn_core.training.spec import TrainSpec, of_size

if TYPE_CHECKING:
    from rnn_core.models.responder import ReplyModel
    from rnn_core.training.sentences import Sentences


class Entry(manifests.Line):
    """What the manifest says of one network: `right` of `sentences` held-out ones are answered right."""

    reply_accuracy: float
    right: int
    sentences: int
    parameters: int


class Manifest(manifests.Head):
    """How all of these weights were made, and what they are worth on held-out combinations."""

    vocabulary: str
    models: dict[str, Entry]


def recipe(spec: ResponderSpec) -> TrainSpec:
    """How a network is trained: the smaller, the longer and the faster."""
    epochs, rate = of_size({8: (30, 0.02), 16: (24, 0.02), 32: (16, 0.015), 64: (10, 0.01)}, spec.units)
    return TrainSpec(epochs=epochs, rate=rate, word_dropout=0.02, seed=spec.seed)


def reply_loss(model: ReplyModel, batch: Sentences, spec: TrainSpec, generator: torch.Generator) -> Float[Tensor, ""]:
    """The mean of −log p of the right reply over a batch."""
    dropped = torch.rand(batch.words.shape, generator=generator) < spec.word_dropout
    return cross_entropy(model(batch.words.masked_fill(dropped, 0), batch.lengths), _replies(batch))


def _replies(batch: Sentences) -> Int[Tensor, " B"]:
    return batch.targets[torch.arange(len(batch)), batch.lengths - 1]


def score_replies(model: ReplyModel, held_out: Sentences) -> dict[str, float]:
    """What the line of a network says of its replies: right is one that is the likeliest of all outputs."""
    with torch.inference_mode():
        said = model(held_out.words, held_out.lengths).argmax(dim=-1)  # (N,)
    right = int((said == _replies(held_out)).sum())
    return {
        "reply_accuracy": right / len(held_out),
        "right": right,
        "sentences": len(held_out),
        "parameters": count_parameters(model),
    }
