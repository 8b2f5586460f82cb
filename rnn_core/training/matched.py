"""The networks that others are compared with at equal units or parameters, beside those of the other tasks.

They are of the kinds of `shipped` and `responders` and trained by their recipes, at the sizes that those lack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rnn_core import lineup
from rnn_core.models.family import count_parameters
from rnn_core.models.responder import ReplyModel
from rnn_core.specs import ResponderSpec
from rnn_core.training import manifests, metrics, responders, shipped
from rnn_core.training.sentences import next_word_loss

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch
    from torch import Tensor

    from rnn_core.lineup import Compared
    from rnn_core.models.language_model import NextOutput
    from rnn_core.training.loop import Loss
    from rnn_core.training.sentences import Sentences
    from rnn_core.training.spec import TrainSpec

COMPARED = tuple(
    spec
    for sizes in (*map(lineup.equal_units, lineup.UNITS), *lineup.BUDGETS.values())
    for spec in lineup.select_specs(sizes)
)


class Entry(manifests.Line):
    """What the manifest says of one network."""

    reply_accuracy: float
    parameters: int


class Manifest(manifests.Head):
    """How all of these weights were made, and what they are worth on held-out combinations."""

    vocabulary: str
    models: dict[str, Entry]


def recipe(spec: Compared) -> TrainSpec:
    """How a network is trained: as others of its kind and about its size."""
    return responders.recipe(spec) if isinstance(spec, ResponderSpec) else shipped.recipe(spec)


def loss(model: NextOutput | ReplyModel, batch: Sentences, spec: TrainSpec, generator: torch.Generator) -> Tensor:
    """What others of its kind make small."""
    of_its_kind: Loss[Any, Sentences] = responders.reply_loss if isinstance(model, ReplyModel) else next_word_loss
    return of_its_kind(model, batch, spec, generator)


def score(model: NextOutput | ReplyModel, held_out: Sentences) -> dict[str, float]:
    """What the line of a network says of its replies, and its size."""
    of_its_kind: Callable[[Any, Sentences], dict[str, float]] = (
        responders.score_replies if isinstance(model, ReplyModel) else metrics.score
    )
    scores = of_its_kind(model, held_out)
    return {"reply_accuracy": scores["reply_accuracy"], "parameters": count_parameters(model)}
