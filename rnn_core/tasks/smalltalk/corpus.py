"""All sentences of the small talk, in one fixed order, and what is derived from them."""

from __future__ import annotations

from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rnn_core.tasks.smalltalk.events import generate_events
from rnn_core.tasks.smalltalk.feelings import generate_feelings
from rnn_core.tasks.smalltalk.food import generate_food
from rnn_core.tasks.smalltalk.glosses import GLOSSES, REPLY_GLOSSES
from rnn_core.tasks.smalltalk.plans import generate_plans
from rnn_core.tasks.smalltalk.sentences import Example, share
from rnn_core.tasks.smalltalk.weather import generate_weather
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEST_SHARE = 0.12

# What the source article uses as examples: learned, so that it shows what it should; it tests no generalisation.
ARTICLE = (
    ("今日", "は", "天気", "が", "良い", "ね"),
    ("今日", "は", "暑い"),
    ("犬", "が", "人", "を", "噛む"),
    ("人", "が", "犬", "を", "噛む"),
)

PATTERNS = (generate_weather, generate_feelings, generate_food, generate_plans, generate_events)


class Split(NamedTuple):
    """The sentences to learn from, and those whose combination of words is never learned."""

    train: tuple[Example, ...]
    test: tuple[Example, ...]


@cache
def examples() -> tuple[Example, ...]:
    """Every sentence of the grammar, always in the same order, none twice."""
    return tuple(chain.from_iterable(pattern() for pattern in PATTERNS))


@cache
def split() -> Split:
    """The sentences in two parts that share no combination; which part one falls to follows from itself alone."""
    parts: tuple[list[Example], list[Example]] = ([], [])
    for example in examples():
        parts[share(*example.combination) < TEST_SHARE * 2**16].append(example)
    return Split(*map(tuple, parts))


@cache
def vocabulary() -> Vocabulary:
    """Every word of the grammar, by its first appearance."""
    return Vocabulary(tuple(dict.fromkeys(word for example in examples() for word in example.words)))


@cache
def replies() -> tuple[str, ...]:
    """Every reply of the grammar, by its first appearance; each is one token, and none is also a word."""
    return tuple(dict.fromkeys(example.reply for example in examples()))


def outputs() -> tuple[str, ...]:
    """What a network can say next: the words, then the replies."""
    return (*vocabulary().words[1:], *replies())


@cache
def tokenizer() -> Tokenizer:
    """How a network of this task reads, and what it can say: the words, then the replies, which end the sentence."""
    words = len(vocabulary()) - 1
    ends = tuple(index >= words for index in range(len(outputs())))
    return Tokenizer(vocabulary(), outputs(), ends, _glosses())


def right_reply(words: Sequence[str]) -> str | None:
    """The reply of a sentence of the grammar; None for any other sentence.

    Example:
        >>> right_reply(("今日", "は", "暑い")), right_reply(("暑い",))
        ('水を飲んでね!', None)
    """
    return _right().get(tuple(words))


@cache
def _right() -> Mapping[tuple[str, ...], str]:
    return MappingProxyType({example.words: example.reply for example in examples()})


def gloss(token: str) -> str:
    """A word or reply in English, or "" for one that the grammar does not know.

    Example:
        >>> gloss("天気"), gloss("そうだね!"), gloss("量子")
        ('weather', 'Yes, it is!', '')
    """
    return _glosses().get(token, "")


@cache
def _glosses() -> Mapping[str, str]:
    return MappingProxyType({**GLOSSES, **REPLY_GLOSSES})
