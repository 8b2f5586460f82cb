"""How the networks that answer at the end are made, and the manifest that says what they are worth.

They learn the replies of the sentences from which the others (`shipped`) learn every next word too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from jaxtyping import Float, Int
from pydantic import TypeAdapter
from torch import Tensor
from torch.nn.functional import cross_entropy

from rnn_core import checkout
from rnn_core.models import registry, weights
from rnn_core.models.family import count_parameters
from rnn_core.specs import ResponderSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import manifests
from rnn_core.training.loop import trained
from rnn_core.training.shipped import sentences
from rnn_core.training.spec import TrainSpec, of_size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rnn_core.models.responder import ReplyModel
    from rnn_core.training.sentences import Sentences

NAME = "responders"
SHIPPED = (
    *(ResponderSpec(kind="bidirectional", hidden=hidden) for hidden in (4, 8, 16, 32)),  # 8, 16, 32, 64 units
    *(ResponderSpec(kind="attentive", hidden=hidden) for hidden in (8, 16, 32)),
)


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


FORM = TypeAdapter(Manifest)


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


def train(spec: ResponderSpec) -> ReplyModel:
    """A network, made anew."""
    model, plan, data = registry.RESPONDERS.fresh(spec), recipe(spec), sentences()[0]
    return trained(model, reply_loss, data, plan)


def entry(spec: ResponderSpec, model: ReplyModel) -> Entry:
    """The manifest's line for a trained network: right is a reply that is the likeliest of all outputs."""
    held_out = sentences()[1]
    with torch.inference_mode():
        said = model(held_out.words, held_out.lengths).argmax(dim=-1)  # (N,)
    right = int((said == _replies(held_out)).sum())
    return Entry(
        **manifests.line(spec, recipe(spec)),
        reply_accuracy=right / len(held_out),
        right=right,
        sentences=len(held_out),
        parameters=count_parameters(model),
    )


def build() -> Iterator[tuple[str, Entry]]:
    """Make all weights and the manifest, yielding each model's line as it is done."""
    lines: dict[str, Entry] = {}
    for spec in SHIPPED:
        model = train(spec)
        registry.RESPONDERS.save(model, spec, weights.path_of(spec.name))
        lines[spec.name] = entry(spec, model)
        yield spec.name, lines[spec.name]
    recorded = Manifest(
        **manifests.head(_files()),
        vocabulary=smalltalk.tokenizer().id,
        models=lines,
    )
    manifests.write(NAME, recorded)


def up_to_date() -> bool:
    """Whether the manifest and the weights are there, as the vocabulary and the recipes of today make them."""
    return manifests.up_to_date(manifest, _files(), SHIPPED, recipe)


def manifest() -> Manifest:
    """The manifest as it is shipped.

    Raises:
        KiokuError: it is missing or damaged.
    """
    loaded = checkout.manifest(manifests.path_of(NAME), FORM)
    manifests.complete(NAME, loaded["models"], SHIPPED)
    return loaded


def _files() -> list[Path]:
    return [weights.path_of(spec.name) for spec in SHIPPED]
