"""What a task of the encoder-decoders is: sources with their right targets, some of them kept back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rnn_core.text.symbols import Symbols

Tokens: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """A source and what is right for it.

    Attributes:
        source: its tokens: ("は", "な", "こ").
        targets: the targets that count as right; more than one where a name in kanji is read in several ways.
        combination: what of it is kept back as a whole: where it is tested, no source with the same is learned.
    """

    source: Tokens
    targets: tuple[Tokens, ...]
    combination: Tokens


class Parts(NamedTuple):
    """The pairs to learn from, and those whose combination is never learned."""

    train: tuple[Pair, ...]
    test: tuple[Pair, ...]


@dataclass(frozen=True)
class PairTask:
    """A task by its name, and everything about it, made when it is first asked for.

    Attributes:
        name: as in the spec of its models.
        parts: what is learned and what is kept back.
        source: the tokens that are known on the source's side.
        target: the tokens that can be written.
        tokens: from what a reader typed to source tokens; raises `KiokuError` for what can't be read.
        text: from target tokens to what one would write.
        sizes: by what the length of a source is counted ("words", "names", "kana", "kanji"), and how.
    """

    name: str
    parts: Callable[[], Parts]
    source: Callable[[], Symbols]
    target: Callable[[], Symbols]
    tokens: Callable[[str], Tokens]
    text: Callable[[Sequence[str]], str]
    sizes: Mapping[str, Callable[[Tokens], int]] = field(repr=False)
