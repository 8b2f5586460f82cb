"""Words and their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNKNOWN = "<unk>"


@dataclass(frozen=True)
class Vocabulary:
    """The words that a network knows, each with its index; index 0 stands for every word that it does not know.

    Attributes:
        words: what was given, with `UNKNOWN` put in front.

    Example:
        >>> vocabulary = Vocabulary(("天気", "良い"))
        >>> vocabulary.encode(["天気", "とても", "良い"])
        (1, 0, 2)
        >>> "とても" in vocabulary, UNKNOWN in vocabulary, len(vocabulary)
        (False, False, 3)
    """

    words: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", (UNKNOWN, *(word for word in self.words if word != UNKNOWN)))

    @cached_property
    def _indices(self) -> Mapping[str, int]:
        return {word: index for index, word in enumerate(self.words) if index}

    def encode(self, tokens: Iterable[str]) -> tuple[int, ...]:
        """The index of each token; 0 where it is unknown, so that the length stays."""
        return tuple(self._indices.get(token, 0) for token in tokens)

    def __contains__(self, token: object) -> bool:
        return token in self._indices

    def __len__(self) -> int:
        return len(self.words)
