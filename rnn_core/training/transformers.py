"""The trained Transformers that come with Kioku, and the manifest that says how they were made and what they are worth.

They learn what the recurrent networks learn, from the same sentences by the same loop (`shipped`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from rnn_core import checkout
from rnn_core.models import registry, weights
from rnn_core.specs import TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import manifests, shipped
from rnn_core.training.shipped import SEEDS, Entry

NAME = "transformers"
SIZES = (16, 32)  # about as many learned numbers as an LSTM of 32, of 64
SHIPPED = tuple(TransformerSpec(hidden=hidden, positions=placed) for hidden in SIZES for placed in (True, False))
REPEATED = tuple(
    TransformerSpec(hidden=SIZES[-1], positions=placed, seed=seed) for placed in (True, False) for seed in SEEDS[1:]
)


class Manifest(manifests.Head):
    """How all of these weights were made, and what they are worth on held-out combinations."""

    vocabulary: str
    models: dict[str, Entry]


FORM = TypeAdapter(Manifest)


def build() -> Iterator[tuple[str, Entry]]:
    """Make all weights and the manifest, yielding each model's line as it is done."""
    lines: dict[str, Entry] = {}
    for spec in (*SHIPPED, *REPEATED):
        model = shipped.train(spec)
        if spec in SHIPPED:
            registry.family_of(spec).save(model, spec, weights.path_of(spec.name))
        lines[spec.name] = shipped.entry(spec, model)
        yield spec.name, lines[spec.name]
    recorded = Manifest(**manifests.head(_files()), vocabulary=smalltalk.tokenizer().id, models=lines)
    manifests.write(NAME, recorded)


def _files() -> list[Path]:
    return [weights.path_of(spec.name) for spec in SHIPPED]


def up_to_date() -> bool:
    """Whether the manifest and the weights are there, as the vocabulary and the recipes of today make them."""
    return manifests.up_to_date(manifest, _files(), (*SHIPPED, *REPEATED), shipped.recipe)


def manifest() -> Manifest:
    """The manifest as it is shipped.

    Raises:
        KiokuError: it is missing or damaged.
    """
    loaded = checkout.manifest(manifests.path_of(NAME), FORM)
    manifests.complete(NAME, loaded["models"], (*SHIPPED, *REPEATED))
    return loaded


@dataclass(frozen=True)
class Baselines:
    """What an accuracy on held-out sentences is compared with.

    Attributes:
        sentences: how many there are.
        majority: the share that is right if the reply most frequent in training is always given.
        chance: the share if every reply of the grammar is equally probable.
    """

    sentences: int
    majority: float
    chance: float


@cache
def baselines() -> Baselines:
    """Those of small talk.

    Example:
        >>> 0 < baselines().chance < baselines().majority < 0.1
        True
    """
    parts = smalltalk.split()
    frequent, _ = Counter(example.reply for example in parts.train).most_common(1)[0]
    right = sum(example.reply == frequent for example in parts.test)
    return Baselines(len(parts.test), right / len(parts.test), 1 / len(smalltalk.replies()))


def correct(hidden: int, *, positions: bool) -> tuple[int, ...]:
    """How many held-out replies are right, of every seed that was trained, in the order of the seeds.

    Example:
        >>> all(right > 0.95 * baselines().sentences for right in correct(32, positions=True))
        True
    """
    lines = manifest()["models"]
    alike = (spec for spec in (*SHIPPED, *REPEATED) if (spec.hidden, spec.positions) == (hidden, positions))
    return tuple(round(lines[spec.name]["reply_accuracy"] * baselines().sentences) for spec in alike)
