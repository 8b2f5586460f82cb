"""How the networks that answer at the end are made, and the manifest that says what they are worth.

They learn the replies of the sentences from which the others (`shipped`) learn every next word too.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, TypedDict

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy

from rnn_core.models import responder
from rnn_core.models.model_trace import PRETRAINED
from rnn_core.models.zoo import vocabulary_id
from rnn_core.specs import ResponderSpec
from rnn_core.training.loop import Loss, TrainSpec, fit
from rnn_core.training.shipped import machine, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rnn_core.models.responder import Responder
    from rnn_core.training.sentences import Sentences

SHIPPED = (
    *(ResponderSpec(kind="bidirectional", hidden=hidden) for hidden in (4, 8, 16, 32)),  # 8, 16, 32, 64 units
    *(ResponderSpec(kind="attentive", hidden=hidden) for hidden in (8, 16, 32)),
)


class Entry(TypedDict):
    """What the manifest says of one network: `right` of `sentences` held-out ones are answered right."""

    spec: dict[str, object]
    train: dict[str, object]
    reply_accuracy: float
    right: int
    sentences: int
    parameters: int


class Manifest(TypedDict):
    """How all of these weights were made, and what they are worth on held-out combinations."""

    torch: str
    machine: str
    vocabulary: str
    models: dict[str, Entry]
    sha256: dict[str, str]


def recipe(spec: ResponderSpec) -> TrainSpec:
    """How a network is trained: the smaller, the longer and the faster."""
    epochs, rate = {8: (30, 0.02), 16: (24, 0.02), 32: (16, 0.015), 64: (10, 0.01)}[spec.units]
    return TrainSpec(epochs=epochs, rate=rate, word_dropout=0.02, seed=spec.seed)


def reply_loss(model: Responder, data: Sentences, plan: TrainSpec) -> Loss:
    """The mean of −log p of the right reply over a batch."""

    def loss(which: Int[Tensor, " B"], chance: torch.Generator) -> Float[Tensor, ""]:
        batch = data.take(which)
        dropped = torch.rand(batch.words.shape, generator=chance) < plan.word_dropout
        return cross_entropy(model(batch.words.masked_fill(dropped, 0), batch.lengths), _replies(batch))

    return loss


def _replies(batch: Sentences) -> Int[Tensor, " B"]:
    return batch.targets[torch.arange(len(batch)), batch.lengths - 1]


def train(spec: ResponderSpec) -> Responder:
    """A network, made anew. One thread, since the sum of several depends on their number."""
    torch.set_num_threads(1)
    model, plan, data = responder.fresh(spec), recipe(spec), sentences()[0]
    for _ in fit(model, reply_loss(model, data, plan), len(data), plan):
        pass
    return model.eval()


def entry(spec: ResponderSpec, model: Responder) -> Entry:
    """The manifest's line for a trained network: right is a reply that is the likeliest of all outputs."""
    held_out = sentences()[1]
    with torch.inference_mode():
        said = model(held_out.words, held_out.lengths).argmax(dim=-1)  # (N,)
    right = int((said == _replies(held_out)).sum())
    return Entry(
        spec=spec.model_dump(mode="json"),
        train=recipe(spec).model_dump(mode="json"),
        reply_accuracy=right / len(held_out),
        right=right,
        sentences=len(held_out),
        parameters=model.reading(),
    )


def build() -> Iterator[tuple[str, Entry]]:
    """Make all weights and the manifest, yielding each model's line as it is done."""
    lines: dict[str, Entry] = {}
    for spec in SHIPPED:
        model = train(spec)
        responder.save(model, spec, _file(spec))
        lines[spec.name] = entry(spec, model)
        yield spec.name, lines[spec.name]
    made = Manifest(
        torch=torch.__version__,
        machine=machine(),
        vocabulary=vocabulary_id(),
        models=lines,
        sha256={_file(spec).name: hashlib.sha256(_file(spec).read_bytes()).hexdigest() for spec in SHIPPED},
    )
    manifest_path().write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def made() -> bool:
    """Whether the manifest and the weights are there, as the vocabulary and the recipes of today make them."""
    if not manifest_path().is_file() or not all(_file(spec).is_file() for spec in SHIPPED):
        return False
    there = manifest()
    today = {spec.name: (spec.model_dump(mode="json"), recipe(spec).model_dump(mode="json")) for spec in SHIPPED}
    told = {name: (line["spec"], line["train"]) for name, line in there["models"].items()}
    return there["vocabulary"] == vocabulary_id() and told == today


def manifest_path() -> Path:
    """Where the manifest is."""
    return PRETRAINED / "responders.json"


def manifest() -> Manifest:
    """The manifest as it is shipped."""
    loaded: Manifest = json.loads(manifest_path().read_text(encoding="utf-8"))
    return loaded


def _file(spec: ResponderSpec) -> Path:
    return PRETRAINED / f"{spec.name}.safetensors"
