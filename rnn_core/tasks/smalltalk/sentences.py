"""What a pattern of the grammar makes: a sentence with everything that is known about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rnn_core.tasks.smalltalk.grammar import Tokens

Sentiment = Literal["positive", "neutral", "negative"]


@dataclass(frozen=True)
class Example:
    """One sentence of small talk and its right answer.

    Attributes:
        words: in the segmenter's units: ("今日", "は", "暑い").
        reply: one token of the output vocabulary: "そうだね!".
        sentiment: how the sentence feels to who says it.
        english: its translation.
        combination: what meets in it, its pattern first: ("weather", "今日", "", "暑"). The test part holds
            combinations that the training part lacks.
    """

    words: Tokens
    reply: str
    sentiment: Sentiment
    english: str
    combination: Tokens


def share(*parts: str) -> int:
    """A number from 0 to 65535 that belongs to these strings, evenly spread and the same everywhere.

    Example:
        >>> share("今日", "暑い") == share("今日", "暑い") != share("昨日", "暑い")
        True
    """
    return int.from_bytes(hashlib.sha256(" ".join(parts).encode()).digest()[:2], "big")


def endings(body: Tokens, *particles: str) -> tuple[Tokens, ...]:
    """A statement as it stands and, for some, also with one closing particle.

    Each particle closes a quarter of the statements, so that after most of them the reply is the likeliest
    thing to follow, and a particle still is likely enough to be known.
    """
    chosen = share(*body) % 4
    return ((), (particles[chosen],)) if chosen < len(particles) else ((),)
