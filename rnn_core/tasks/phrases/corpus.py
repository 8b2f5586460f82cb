"""All pairs of the small talk and its English, and what is derived from them."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.tasks import smalltalk
from rnn_core.tasks.pairs import Pair, PairTask, Parts
from rnn_core.tasks.phrases.english import write
from rnn_core.tasks.phrases.orders import reorder
from rnn_core.text.symbols import Symbols
from rnn_core.text.tokenizer import segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rnn_core.tasks.pairs import Tokens
    from rnn_core.tasks.smalltalk import Example

ENDS = ("。", ".", "!", "?")  # marks that may close what a reader types; the sentences have none


@cache
def parts() -> Parts:
    """The small talk's own two parts, each sentence in all its orders: a combination kept back is so in every order."""
    learned, held_out = smalltalk.split()
    return Parts(tuple(_pairs(learned)), tuple(_pairs(held_out)))


def _pairs(examples: Iterable[Example]) -> Iterator[Pair]:
    for example in examples:
        for words, english in reorder(example):
            yield Pair(words, (english,), example.combination)


@cache
def source() -> Symbols:
    """Every Japanese word, by its first appearance."""
    return Symbols(tuple(dict.fromkeys(word for pair in _all() for word in pair.source)))


@cache
def target() -> Symbols:
    """Every English token, by its first appearance."""
    return Symbols(tuple(dict.fromkeys(token for pair in _all() for token in pair.targets[0])))


def _all() -> tuple[Pair, ...]:
    return parts().train + parts().test


def tokens(text: str) -> Tokens:
    """A sentence in the segmenter's words, without the marks that close it.

    Raises:
        KiokuError: nothing is left to read.

    Example:
        >>> tokens("今日は天気が良いね。")
        ('今日', 'は', '天気', 'が', '良い', 'ね')
    """
    words = segment(text).tokens
    while len(words) > 1 and words[-1] in ENDS:
        words = words[:-1]
    return words


TASK = PairTask("phrases", parts, source, target, tokens, write, MappingProxyType({"words": len}))
