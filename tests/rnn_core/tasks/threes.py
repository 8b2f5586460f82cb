"""A few sentences that stand for all of a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rnn_core.tasks.pairs import Tokens


def with_every_three(sentences: Iterable[Tokens]) -> list[Tokens]:
    """Sentences in which all three words stand beside each other that do so in any."""
    met: set[Tokens] = set()
    found = []
    for words in sentences:
        threes = {words[at : at + 3] for at in range(len(words))}
        if not threes <= met:
            found.append(words)
            met |= threes
    return found
