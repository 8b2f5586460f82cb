"""Joined names, made by chance from readings that are learned and from others that are kept back."""

from __future__ import annotations

import random
import unicodedata
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.tasks import personal_names
from rnn_core.tasks.pairs import Pair, PairTask, Parts
from rnn_core.tasks.smalltalk.sentences import share
from rnn_core.text.romaji import romanize
from rnn_core.text.symbols import Symbols
from rnn_core.text.tokenizer import MAX_TOKENS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.tasks.pairs import Tokens

BETWEEN, GAP = "・", "␣"  # what stands between two names, on either side
LEARNED, BEYOND = (1, 2, 3, 4), (5, 6)  # how many names are joined in training, and how many only in the test
TEST_SHARE = 0.1
TRAIN_EACH, TEST_EACH = 12_000, 400  # pairs of each number of names
SEPARATORS = frozenset(" \t\n\r,、，/／|｜;；&＆+＋-‐―・･　")
KATAKANA = range(ord("ァ"), ord("ヶ") + 1)
TO_HIRAGANA = ord("ァ") - ord("ぁ")


@cache
def parts() -> Parts:
    """One to four names of readings that are learned; one to six of readings that are not."""
    learned: list[str] = []
    kept: list[str] = []
    for reading in personal_names.romaji():
        (kept if share("name", reading) < TEST_SHARE * 2**16 else learned).append(reading)
    return Parts(
        _drawn(learned, LEARNED, TRAIN_EACH, seed=0),
        _drawn(kept, (*LEARNED, *BEYOND), TEST_EACH, seed=1),
    )


def _drawn(names: Sequence[str], numbers: Sequence[int], each: int, seed: int) -> tuple[Pair, ...]:
    """So many different pairs of each number of names; of single names, all that there are if they are fewer."""
    generator = random.Random(seed)
    found: dict[Tokens, Pair] = {}
    for number in numbers:
        wanted = len(found) + min(each, len(names) ** number)
        drawn: dict[tuple[str, ...], None] = {}
        while len(found) + len(drawn) < wanted:
            # random() is the one draw whose sequence Python promises to keep
            drawn[tuple(names[int(generator.random() * len(names))] for _ in range(number))] = None
        found |= {pair.source: pair for pair in map(joined, drawn)}
    return tuple(found.values())


def joined(readings: Sequence[str]) -> Pair:
    """Names, each by its reading in hiragana, as one pair.

    Example:
        >>> "".join(joined(["はなこ", "ゆう"]).targets[0])
        'hanako␣yuu'
    """
    latin = GAP.join(map(romanize, readings))
    return Pair(tuple(BETWEEN.join(readings)), (tuple(latin),), tuple(readings))


@cache
def source() -> Symbols:
    """Every kana of the readings, and what stands between two names."""
    return Symbols((BETWEEN, *sorted(set("".join(personal_names.romaji())))))


@cache
def target() -> Symbols:
    """Every letter of the romaji, and the gap between two names."""
    return Symbols((GAP, *sorted(set("".join(personal_names.romaji().values())))))


def tokens(text: str) -> Tokens:
    """Names in hiragana or katakana, one kana a token; a space, a comma or the like separates two.

    Raises:
        KiokuError: nothing is left to read, something else than kana, or more than can be shown.

    Example:
        >>> tokens("ハナコ　たろう")
        ('は', 'な', 'こ', '・', 'た', 'ろ', 'う')
    """
    plain = "".join(BETWEEN if character in SEPARATORS else _hiragana(character) for character in _composed(text))
    names = [name for name in plain.split(BETWEEN) if name]
    found = tuple(BETWEEN.join(names))
    if not found:
        raise KiokuError("empty_text")
    if unknown := [character for character in dict.fromkeys(found) if character not in source()]:
        raise KiokuError("not_kana", given=" ".join(unknown[:10]))
    if len(found) > MAX_TOKENS:
        raise KiokuError("too_long", given=len(found), most=MAX_TOKENS)
    return found


def _composed(text: str) -> str:
    """Half-width kana as whole ones, each with its marks; without controls."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(
        character
        for character in composed
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )


def _hiragana(character: str) -> str:
    return chr(ord(character) - TO_HIRAGANA) if ord(character) in KATAKANA else character


def _names(found: Tokens) -> int:
    return found.count(BETWEEN) + 1


def _kana(found: Tokens) -> int:
    return len(found) - found.count(BETWEEN)


def write(letters: Sequence[str]) -> str:
    """Letters as one writes them.

    Example:
        >>> write(("y", "u", "u", "␣", "e", "m", "i"))
        'yuu emi'
    """
    return "".join(letters).replace(GAP, " ")


TASK = PairTask("names", parts, source, target, tokens, write, MappingProxyType({"names": _names, "kana": _kana}))
