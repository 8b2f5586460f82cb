"""Kana in romaji by one system: modified Hepburn, with long vowels spelt as in kana (ゆうき → yuuki, たろう → tarou).

As it is spelled, not as it is heard: は is always ha. ん is always n, without an apostrophe (しんいち → shinichi); っ
doubles what follows it, but ch becomes tch, and at the end it is a t, since mostly た follows; ー doubles the vowel
before it (コーヒー → koohii).
"""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VOWELS = "aiueo"
ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "g": "がぎぐげご",
    "s": "さしすせそ",
    "z": "ざじずぜぞ",
    "t": "たちつてと",
    "d": "だぢづでど",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "m": "まみむめも",
    "r": "らりるれろ",
}
OTHERS = {
    "し": "shi",
    "じ": "ji",
    "ち": "chi",
    "ぢ": "ji",
    "つ": "tsu",
    "づ": "zu",
    "ふ": "fu",
    "や": "ya",
    "ゆ": "yu",
    "よ": "yo",
    "わ": "wa",
    "を": "o",
    "ん": "n",
    "ゔ": "vu",
    "ゐ": "i",
    "ゑ": "e",
    "ゎ": "wa",
    "ゕ": "ka",
    "ゖ": "ke",
}
KANA: Mapping[str, str] = MappingProxyType(
    {kana: consonant + vowel for consonant, row in ROWS.items() for kana, vowel in zip(row, VOWELS, strict=True)}
    | OTHERS
)
SMALL: Mapping[str, str] = dict(zip("ゃゅょぁぃぅぇぉ", ("ya", "yu", "yo", *VOWELS), strict=True))
DOUBLED, LONG, PALATAL = "っ", "ー", ("sh", "ch", "j")
LOANED = {
    "う": "w",
    "て": "t",
    "で": "d",
    "ふ": "f",
    "つ": "ts",
    "ゔ": "v",
    "と": "t",
    "ど": "d",
}  # ウィ, ティ, ファ, …
KATAKANA = {ord(katakana): ord(katakana) - ord("ァ") + ord("ぁ") for katakana in map(chr, range(ord("ァ"), ord("ヷ")))}


def romanize_word(word: str) -> str:
    """A word of nothing but kana in romaji; "" for any other.

    Example:
        >>> [romanize_word(word) for word in ("てんき", "コーヒー", "だっ", "天き")]
        ['tenki', 'koohii', 'dat', '']
    """
    written = romanize(word)
    return written if written.isascii() and written.isalpha() and not word.isascii() else ""


def romanize(kana: str) -> str:
    """Hiragana or katakana in romaji; what has no romaji stays as it is.

    Example:
        >>> romanize("ゆうき"), romanize("じゅんぺい"), romanize("はっちょう"), romanize("ウェザー")
        ('yuuki', 'junpei', 'hatchou', 'wezaa')
    """
    latin: list[str] = []
    before = ""
    for character in kana.translate(KATAKANA):
        if character in SMALL and (said := _merged(before, latin[-1] if latin else "", character)):
            latin[-1] = said
        elif character == LONG and latin:
            latin.append(latin[-1][-1])
        else:
            latin.append(KANA.get(character) or SMALL.get(character, character))
        before = character
    doubled = pairwise([*latin, ""])
    return "".join(_first(after) if part == DOUBLED else part for part, after in doubled)


def _merged(kana: str, latin: str, small: str) -> str:
    """A kana, its romaji, and the small kana after it, as one sound; "" where they stay two."""
    said, consonant = SMALL[small], latin[:-1]
    if latin.endswith("i") and consonant in PALATAL:
        return consonant + said[-1]
    if latin.endswith("i") and consonant and said.startswith("y"):
        return consonant + said
    return LOANED[kana] + said if kana in LOANED and (said != "u" or kana in "とど") else ""


def _first(after: str) -> str:
    """What a doubled consonant adds before `after`."""
    return "t" if after.startswith("ch") or not after else after[:1]
