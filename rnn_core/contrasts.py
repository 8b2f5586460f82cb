"""Prepared contrasts: what to look at so that a difference between networks is felt. Found by search, kept as found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from rnn_core import checkout
from rnn_core.models.model_trace import PRETRAINED

MANIFEST = PRETRAINED / "manifest.json"


@dataclass(frozen=True)
class Forgotten:
    """A sentence whose right reply hangs on its first words, which the LSTM gives and the RNN of its size does not.

    Attributes:
        words: the sentence.
        english: what it means.
        reply: the right reply, which the LSTM gives.
        hidden: the size of both networks.
        instead: what the RNN says: the right reply to the same words with another beginning.
        twin: that other sentence.
        twin_english: what it means.
    """

    words: tuple[str, ...]
    english: str
    reply: str
    hidden: int
    instead: str
    twin: tuple[str, ...]
    twin_english: str


class _Found(TypedDict):
    """What the manifest says of it."""

    forgotten: Forgotten


FORM = TypeAdapter(_Found)


@cache
def forgotten() -> Forgotten:
    """What `make models` found with the shipped weights.

    Raises:
        KiokuError: the manifest is missing or damaged.
    """
    return checkout.manifest(MANIFEST, FORM)["forgotten"]
