"""How numbers are raised and long words cut, the same in every chart and on every page."""

from __future__ import annotations

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def shorten(word: str, longest: int) -> str:
    """The word, cut to `longest` characters with an ellipsis.

    Example:
        >>> shorten("天気予報", 4), shorten("天気予報です", 4)
        ('天気予報', '天気予…')
    """
    return word if len(word) <= longest else word[: longest - 1] + "…"
