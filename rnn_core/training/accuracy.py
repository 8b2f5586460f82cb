"""How often the shipped networks that reply do so right, by the manifests, whatever kind of network it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rnn_core.specs import ModelSpec, ResponderSpec, TransformerSpec
from rnn_core.training import responders, shipped, transformers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rnn_core.specs import ReplyingSpec


def find_accuracy(spec: ReplyingSpec) -> float | None:
    """The share of held-out sentences that a trained network answers right; None for weights that are not shipped.

    Raises:
        KiokuError: the manifest is missing or damaged.

    Example:
        >>> find_accuracy(ModelSpec(cell="lstm", hidden=64)) > 0.99, find_accuracy(ModelSpec(cell="lstm", hidden=63))
        (True, None)
    """
    manifest = MANIFESTS.get(type(spec))
    entry = manifest()["models"].get(spec.name) if manifest and spec.weights == "trained" else None
    return entry["reply_accuracy"] if entry else None


MANIFESTS: Mapping[type[ReplyingSpec], Callable[[], Mapping[str, Any]]] = {
    ModelSpec: shipped.manifest,
    TransformerSpec: transformers.manifest,
    ResponderSpec: responders.manifest,
}
