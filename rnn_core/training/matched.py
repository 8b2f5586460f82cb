"""The trained networks that others are compared with at equal units or parameters, and the manifest of their worth.

They are of the kinds and by the recipes of `shipped`, `transformers` and `responders`, at the sizes that those lack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from rnn_core import checkout, lineup
from rnn_core.models import registry, weights
from rnn_core.models.family import count_parameters
from rnn_core.specs import ResponderSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import manifests, responders, shipped, transformers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from torch import nn

    from rnn_core.lineup import Compared
    from rnn_core.training.spec import TrainSpec

NAME = "matched"
COMPARED = tuple(
    spec
    for sizes in (*map(lineup.equal_units, lineup.UNITS), *lineup.BUDGETS.values())
    for spec in lineup.select_specs(sizes)
)
SHIPPED = tuple(
    spec
    for spec in dict.fromkeys(COMPARED)
    if spec not in (*shipped.SHIPPED, *transformers.SHIPPED, *responders.SHIPPED)
)


class Entry(manifests.Line):
    """What the manifest says of one network."""

    reply_accuracy: float
    parameters: int


class Manifest(manifests.Head):
    """How all of these weights were made, and what they are worth on held-out combinations."""

    vocabulary: str
    models: dict[str, Entry]


FORM = TypeAdapter(Manifest)


def recipe(spec: Compared) -> TrainSpec:
    """How a network is trained: as others of its kind and about its size."""
    return responders.recipe(spec) if isinstance(spec, ResponderSpec) else shipped.recipe(spec)


def train(spec: Compared) -> tuple[nn.Module, float]:
    """A network, made anew, and the share of held-out sentences that it answers right."""
    if isinstance(spec, ResponderSpec):
        replying = responders.train(spec)
        return replying, responders.entry(spec, replying)["reply_accuracy"]
    model = shipped.train(spec)
    return model, shipped.entry(spec, model)["reply_accuracy"]


def build() -> Iterator[tuple[str, Entry]]:
    """Make all weights and the manifest, yielding each model's line as it is done."""
    lines: dict[str, Entry] = {}
    for spec in SHIPPED:
        model, accuracy = train(spec)
        registry.family_of(spec).save(model, spec, weights.path_of(spec.name))
        lines[spec.name] = Entry(
            **manifests.line(spec, recipe(spec)), reply_accuracy=accuracy, parameters=count_parameters(model)
        )
        yield spec.name, lines[spec.name]
    recorded = Manifest(**manifests.head(_files()), vocabulary=smalltalk.tokenizer().id, models=lines)
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
