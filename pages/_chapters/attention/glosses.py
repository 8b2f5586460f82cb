"""Kana with their romaji, for those who do not read them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rnn_core.text.romaji import romanize

if TYPE_CHECKING:
    from rnn_core.text.tokenizer import Token


def glossed(kana: str, lang: str) -> str:
    """Kana, and for those who may not read them their romaji.

    Example:
        >>> glossed("トキオ", "en"), glossed("トキオ", "ja"), glossed("misaki", "en")
        ('トキオ (tokio)', 'トキオ', 'misaki')
    """
    romaji = romanize(kana)
    return kana if lang == "ja" or romaji == kana else f"{kana} ({romaji})"


def read_aloud(kana: Token) -> Token:
    """A kana with its romaji for those who do not read it."""
    romaji = romanize(kana.text)
    return replace(kana, gloss="" if romaji == kana.text else romaji)
