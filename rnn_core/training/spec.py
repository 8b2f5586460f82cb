"""How a model is trained, completely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar

from pydantic import Field

from rnn_core.specs import MAX_SEED, Spec

Planned = TypeVar("Planned")


class TrainSpec(Spec):
    """How a model is trained. Equal specs give bit-equal weights on one machine, torch version and thread count.

    Attributes:
        epochs: how often every example is seen.
        batch: examples a step.
        rate: the learning rate at the first step.
        decay: "linear" lets the rate fall to 0 by the last step.
        clip: whether gradients are limited by their common norm, number by number, or not at all.
        threshold: the limit of `clip`.
        word_dropout: the share of words replaced by the unknown word, so that its embedding is learned.
        reply_weight: how much a reply counts in the loss, against 1 for a word.
        seed: draws the batches and the replaced words.

    Raises:
        KiokuError: an unknown field, or a value that is out of range or of the wrong type.
    """

    epochs: int = Field(ge=1, le=10_000)
    batch: int = Field(default=128, ge=1)
    optimizer: Literal["adam", "sgd", "rmsprop"] = "adam"
    rate: float = Field(gt=0, allow_inf_nan=False)
    decay: Literal["linear", "none"] = "linear"
    clip: Literal["norm", "value", "none"] = "norm"
    threshold: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    word_dropout: float = Field(default=0.0, ge=0, lt=1)
    reply_weight: float = Field(default=1.0, ge=0, allow_inf_nan=False)
    seed: int = Field(default=0, ge=0, le=MAX_SEED)


class BegunSpec(TrainSpec):
    """How a model is trained whose recurrent matrix does not begin as torch draws it.

    Attributes:
        start: what each block of it is at first; an orthogonal one is drawn by the seed.
    """

    start: Literal["identity", "orthogonal"]


def of_size(table: Mapping[int, Planned], size: int) -> Planned:
    """What a table has for the size nearest to this one, of two equally near for the smaller.

    Example:
        >>> of_size({8: "long", 16: "short"}, 14), of_size({8: "long", 16: "short"}, 12)
        ('short', 'long')
    """
    return table[min(sorted(table), key=lambda known: abs(known - size))]
