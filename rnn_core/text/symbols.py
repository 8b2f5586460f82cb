"""The tokens of one side of a translation and their numbers, with the four that are no words in front."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rnn_core.text.vocabulary import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SPECIALS = ("<pad>", UNKNOWN, "<begin>", "<end>")
PAD, UNKNOWN_ID, BEGIN, END = range(len(SPECIALS))


@dataclass(frozen=True)
class Symbols:
    """The tokens that one side of an encoder-decoder knows, each with its index; the first four are `SPECIALS`.

    Attributes:
        words: what was given, with `SPECIALS` put in front.

    Example:
        >>> symbols = Symbols(("ka", "na"))
        >>> symbols.encode(["na", "kana"]), len(symbols)
        ((5, 1), 6)
        >>> "na" in symbols, "<end>" in symbols
        (True, False)
    """

    words: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", (*SPECIALS, *(word for word in self.words if word not in SPECIALS)))

    @cached_property
    def _indices(self) -> Mapping[str, int]:
        return {word: index for index, word in enumerate(self.words) if index >= len(SPECIALS)}

    def encode(self, tokens: Iterable[str]) -> tuple[int, ...]:
        """The index of each token; that of the unknown one where there is none, so that the length stays."""
        return tuple(self._indices.get(token, UNKNOWN_ID) for token in tokens)

    def __contains__(self, token: object) -> bool:
        return token in self._indices

    def __len__(self) -> int:
        return len(self.words)
