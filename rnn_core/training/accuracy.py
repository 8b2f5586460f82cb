"""How often the shipped networks that reply do so right, by the manifests, whatever kind of network it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rnn_core.specs import ModelSpec, ResponderSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import matched, responders, shipped, transformers

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
    if spec.weights != "trained":
        return None
    manifest = matched.manifest if spec in matched.SHIPPED else MANIFESTS.get(type(spec))
    entry = manifest()["models"].get(spec.name) if manifest else None
    return entry["reply_accuracy"] if entry else None


@dataclass(frozen=True)
class Guessing:
    """What is right without reading: always the reply that is the most frequent in training, or any by chance.

    Attributes:
        right: how many held-out sentences the most frequent reply answers.
        sentences: how many those are.
        replies: how many replies there are.
    """

    right: int
    sentences: int
    replies: int


def guessing() -> Guessing:
    """What networks that reply to small talk have to be better than.

    Example:
        >>> found = guessing()
        >>> 1 / found.replies < found.right / found.sentences < 0.1
        True
    """
    split = smalltalk.split()
    ((most, _),) = Counter(example.reply for example in split.train).most_common(1)
    right = sum(example.reply == most for example in split.test)
    return Guessing(right, len(split.test), len(smalltalk.replies()))


MANIFESTS: Mapping[type[ReplyingSpec], Callable[[], Mapping[str, Any]]] = {
    ModelSpec: shipped.manifest,
    TransformerSpec: transformers.manifest,
    ResponderSpec: responders.manifest,
}
