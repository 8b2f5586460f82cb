"""The characters of a sentence as figures write them: on an axis, under the pointer, in a finding."""

from __future__ import annotations

from dataclasses import dataclass

from rnn_core.figures.words import TOKEN_LANGUAGE, Words, quoted
from rnn_core.segmentation.tags import glyphs
from rnn_core.tasks import smalltalk
from rnn_core.text.romaji import romanize_word


@dataclass(frozen=True)
class Characters(Words):
    """T characters, which have no glosses."""

    @classmethod
    def of(cls, sentence: str, lang: str) -> Characters:
        """The characters of a text, a space by a sign."""
        return cls(glyphs(sentence), (), lang)


def meaning(word: str, lang: str) -> str:
    """What a reader of this language needs beside a word: kana in Latin letters, else the word's gloss, if it has one.

    Which word is meant by kana is not told by them, so they get no gloss.

    Example:
        >>> meaning("てんき", "en"), meaning("天気", "en"), meaning("天気", "ja"), meaning("吾輩", "en")
        ('tenki', 'weather', '', '')
    """
    return "" if lang == TOKEN_LANGUAGE else romanize_word(word) or smalltalk.gloss(word)


def divided(words: tuple[str, ...], lang: str) -> str:
    """Words side by side as a sentence quotes them, with a stroke where one ends; plain text.

    Example:
        >>> divided(("くるま", "で"), "en"), divided(("吾輩", "は"), "en")
        ('“くるま|で” (kuruma|de)', '“吾輩|は”')
    """
    meanings = [meaning(word, lang) for word in words]
    return quoted("|".join("".join(glyphs(word)) for word in words), "|".join(meanings) if all(meanings) else "", lang)
