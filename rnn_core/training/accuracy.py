"""How often the shipped networks that reply do so right, by the manifests, whatever kind of network it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from rnn_core.tasks import smalltalk
from rnn_core.training.tasks import MATCHED, MINIMAL, RESPONDERS, SMALLTALK, TRANSFORMERS

if TYPE_CHECKING:
    from rnn_core.specs import ReplyingSpec
    from rnn_core.training.task import Task

COUNTED: tuple[Task[Any, Any, Any], ...] = (SMALLTALK, TRANSFORMERS, RESPONDERS, MATCHED, MINIMAL)


def find_accuracy(spec: ReplyingSpec) -> float | None:
    """The share of held-out sentences that a trained network answers right; None for weights that are not shipped.

    Raises:
        KiokuError: the manifest is missing or damaged.

    Example:
        >>> from rnn_core.specs import ModelSpec
        >>> find_accuracy(ModelSpec(cell="lstm", hidden=64)) > 0.99, find_accuracy(ModelSpec(cell="lstm", hidden=63))
        (True, None)
    """
    task = next((task for task in COUNTED if spec in task.networks), None)
    line = task.manifest()["models"].get(spec.name) if task else None
    return line["reply_accuracy"] if line else None


def correct(hidden: int, *, positions: bool) -> tuple[int, ...]:
    """How many held-out replies are right of a trained Transformer of this size, of every seed that was trained.

    Example:
        >>> all(right > 0.95 * guessing().sentences for right in correct(32, positions=True))
        True
    """
    alike = (spec for spec in TRANSFORMERS.networks if (spec.hidden, spec.positions) == (hidden, positions))
    return tuple(round((find_accuracy(spec) or 0) * guessing().sentences) for spec in alike)


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

    @property
    def majority(self) -> float:
        """The share that the most frequent reply answers."""
        return self.right / self.sentences

    @property
    def chance(self) -> float:
        """The share if every reply is equally probable."""
        return 1 / self.replies


@cache
def guessing() -> Guessing:
    """What networks that reply to small talk have to be better than.

    Example:
        >>> 0 < guessing().chance < guessing().majority < 0.1
        True
    """
    split = smalltalk.split()
    ((most, _),) = Counter(example.reply for example in split.train).most_common(1)
    right = sum(example.reply == most for example in split.test)
    return Guessing(right, len(split.test), len(smalltalk.replies()))
