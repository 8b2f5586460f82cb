"""English in tokens, how a phrase of time or place moves within it, and how it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.tasks.pairs import Tokens

PIECES = re.compile(r"[\w']+|[.,?]")
MARKS = (".", ",", "?")
NICE = {"good": "nice"}  # what weather is said to be, in the one sentence that has it


def english_tokens(sentence: str) -> Tokens:
    """A sentence in lower-case tokens; I stays as it is, and isn't is one token.

    Example:
        >>> english_tokens("The weather is good today, isn't it?")
        ('the', 'weather', 'is', 'nice', 'today', ',', "isn't", 'it', '?')
    """
    first, *rest = PIECES.findall(sentence)
    return tuple(NICE.get(token, token) for token in (first if first == "I" else first.lower(), *rest))


def moved(tokens: Tokens, phrase: Tokens, to: int) -> Tokens:
    """The tokens with the first occurrence of a phrase taken out and put back before place `to` of what is left.

    Raises:
        ValueError: the phrase is not there.

    Example:
        >>> moved(("it", "is", "hot", "this", "week", "."), ("this", "week"), 0)
        ('this', 'week', 'it', 'is', 'hot', '.')
    """
    for start in range(len(tokens) - len(phrase) + 1):
        if tokens[start : start + len(phrase)] == phrase:
            left = tokens[:start] + tokens[start + len(phrase) :]
            return left[:to] + phrase + left[to:]
    raise ValueError(f"{' '.join(phrase)!r} is not in {' '.join(tokens)!r}")


def write(tokens: Sequence[str]) -> str:
    """Tokens as one writes them: a capital first, no gap before a mark.

    Example:
        >>> write(("the", "weather", "is", "nice", "today", ",", "isn't", "it", "?"))
        "The weather is nice today, isn't it?"
    """
    text = "".join(token if token in MARKS else f" {token}" for token in tokens).strip()
    return text[:1].upper() + text[1:]
