"""Prepared contrasts: what to look at so that a difference between networks is felt. Found by search, kept as found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

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


@cache
def forgotten() -> Forgotten | None:
    """What `make models` found with the shipped weights; None where there are no such weights."""
    if not MANIFEST.is_file():
        return None
    found = json.loads(MANIFEST.read_text(encoding="utf-8"))["forgotten"]
    return Forgotten(**{**found, "words": tuple(found["words"]), "twin": tuple(found["twin"])})
