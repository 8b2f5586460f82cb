"""Words and their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNKNOWN = "<unk>"


@dataclass(frozen=True)
class Vocabulary:
    """The words that a network knows, each with its index; that of `UNKNOWN` stands for every other word.

    Attributes:
        words: what was given, with `specials` put in front.
        specials: what is no word; `UNKNOWN` is among them.

    Example:
        >>> vocabulary = Vocabulary(("天気", "良い"))
        >>> vocabulary.encode(["天気", "とても", "良い"])
        (1, 0, 2)
        >>> "とても" in vocabulary, UNKNOWN in vocabulary, len(vocabulary)
        (False, False, 3)
    """

    words: tuple[str, ...]
    specials: ClassVar[tuple[str, ...]] = (UNKNOWN,)

    def __post_init__(self) -> None:
        own = (word for word in self.words if word not in self.specials)
        object.__setattr__(self, "words", (*self.specials, *own))

    @cached_property
    def _indices(self) -> Mapping[str, int]:
        return {word: index for index, word in enumerate(self.words) if index >= len(self.specials)}

    def encode(self, tokens: Iterable[str]) -> tuple[int, ...]:
        """The index of each token; that of `UNKNOWN` where there is none, so that the length stays."""
        unknown = self.specials.index(UNKNOWN)
        return tuple(self._indices.get(token, unknown) for token in tokens)

    def __contains__(self, token: object) -> bool:
        return token in self._indices

    def __len__(self) -> int:
        return len(self.words)
