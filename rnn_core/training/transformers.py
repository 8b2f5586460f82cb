"""The trained Transformers that come with Kioku, and the manifest that says how they were made and what they are worth.

They learn what the recurrent networks learn, from the same sentences by the same loop (`shipped`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict

import torch

from rnn_core.models import zoo
from rnn_core.models.model_trace import PRETRAINED
from rnn_core.specs import TransformerSpec
from rnn_core.training import shipped
from rnn_core.training.shipped import SEEDS, Entry

SIZES = (16, 32)  # about as many learned numbers as an LSTM of 32, of 64
SHIPPED = tuple(TransformerSpec(hidden=hidden, positions=placed) for hidden in SIZES for placed in (True, False))
REPEATED = tuple(
    TransformerSpec(hidden=SIZES[-1], positions=placed, seed=seed) for placed in (True, False) for seed in SEEDS[1:]
)


class Manifest(TypedDict):
    """How all of these weights were made, and what they are worth on held-out combinations."""

    torch: str
    machine: str
    vocabulary: str
    models: dict[str, Entry]
    sha256: dict[str, str]


def build() -> Iterator[tuple[str, Entry]]:
    """Make all weights and the manifest, yielding each model's line as it is done."""
    lines: dict[TransformerSpec, Entry] = {}
    for spec in (*SHIPPED, *REPEATED):
        model = shipped.train(spec)
        if spec in SHIPPED:
            zoo.save(model, spec, _file(spec))
        lines[spec] = shipped.entry(spec, model)
        yield spec.name, lines[spec]
    manifest_path().write_text(json.dumps(_manifest(lines), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _manifest(lines: Mapping[TransformerSpec, Entry]) -> Manifest:
    return Manifest(
        torch=torch.__version__,
        machine=shipped.machine(),
        vocabulary=zoo.vocabulary_id(),
        models={spec.name: line for spec, line in lines.items()},
        sha256={_file(spec).name: hashlib.sha256(_file(spec).read_bytes()).hexdigest() for spec in SHIPPED},
    )


def made() -> bool:
    """Whether the manifest and the weights are there, as the vocabulary and the recipes of today make them."""
    if not manifest_path().is_file() or not all(_file(spec).is_file() for spec in SHIPPED):
        return False
    there = manifest()
    today = {
        spec.name: (spec.model_dump(mode="json"), shipped.recipe(spec).model_dump(mode="json"))
        for spec in (*SHIPPED, *REPEATED)
    }
    told = {name: (line["spec"], line["train"]) for name, line in there["models"].items()}
    return there["vocabulary"] == zoo.vocabulary_id() and told == today


def manifest_path() -> Path:
    """Where the manifest is."""
    return PRETRAINED / "transformers.json"


def manifest() -> Manifest:
    """The manifest as it is shipped."""
    loaded: Manifest = json.loads(manifest_path().read_text(encoding="utf-8"))
    return loaded


def right(hidden: int, *, positions: bool) -> tuple[float, ...]:
    """The share of held-out replies that are right, of every seed that was trained, in the order of the seeds.

    Example:
        >>> all(share > 0.95 for share in right(32, positions=True))
        True
    """
    lines = manifest()["models"]
    alike = (spec for spec in (*SHIPPED, *REPEATED) if (spec.hidden, spec.positions) == (hidden, positions))
    return tuple(lines[spec.name]["reply_accuracy"] for spec in alike)


def _file(spec: TransformerSpec) -> Path:
    return PRETRAINED / f"{spec.name}.safetensors"
