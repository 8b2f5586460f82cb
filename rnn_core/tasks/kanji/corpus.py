"""All names in kanji with their readings, some of the names kept back."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.tasks import personal_names
from rnn_core.tasks.pairs import Pair, PairTask, Parts
from rnn_core.tasks.smalltalk.sentences import share
from rnn_core.text.symbols import Symbols

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.tasks.pairs import Tokens

TEST_SHARE = 0.025
RARE = 3  # a character in fewer names than this is the unknown one, which so is learned too
LONGEST = 12  # characters of a name that is typed; those of the data have five at most


@cache
def parts() -> Parts:
    """The names to learn from, and those that are kept back with all their readings."""
    sides: tuple[list[Pair], list[Pair]] = ([], [])
    for name, latin in personal_names.readings().items():
        kept = share("kanji", name) < TEST_SHARE * 2**16
        sides[kept].append(Pair(tuple(name), tuple(map(tuple, latin)), (name,)))
    return Parts(*map(tuple, sides))


@cache
def source() -> Symbols:
    """Every character of the names to learn from, but for the rare ones."""
    counted = Counter(character for pair in parts().train for character in pair.source)
    return Symbols(tuple(sorted(character for character, count in counted.items() if count >= RARE)))


@cache
def target() -> Symbols:
    """Every letter of the romaji."""
    return Symbols(tuple(sorted(set("".join(personal_names.romaji().values())))))


def tokens(text: str) -> Tokens:
    """A name in kanji (kana may stand in it), one character a token, without the spaces around and in it.

    Raises:
        KiokuError: nothing is left to read, something else than kanji and kana, or more than a name has.

    Example:
        >>> tokens(" 花 子 ")
        ('花', '子')
    """
    plain = unicodedata.normalize("NFKC", text)
    found = tuple(
        character for character in plain if not character.isspace() and unicodedata.category(character) != "Cf"
    )
    if not found:
        raise KiokuError("empty_text")
    if wrong := [character for character in dict.fromkeys(found) if not _belongs(character)]:
        raise KiokuError("not_kanji", given=" ".join(wrong[:10]))
    if len(found) > LONGEST:
        raise KiokuError("too_long", given=len(found), most=LONGEST)
    return found


def _belongs(character: str) -> bool:
    kinds = (
        "CJK UNIFIED",
        "CJK COMPATIBILITY IDEOGRAPH",
        "HIRAGANA LETTER",
        "KATAKANA LETTER",
        "IDEOGRAPHIC ITERATION",
    )
    return unicodedata.name(character, "").startswith(kinds)


def write(letters: Sequence[str]) -> str:
    """Letters as one writes them."""
    return "".join(letters)


TASK = PairTask("kanji", parts, source, target, tokens, write, MappingProxyType({"kanji": len}))
