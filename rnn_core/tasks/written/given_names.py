"""Japanese given names as they are read, in hiragana, one kana a character."""

from __future__ import annotations

from functools import cache

from rnn_core.tasks import personal_names
from rnn_core.text.romaji import romanize_word

KATAKANA = range(ord("ァ"), ord("ヶ") + 1)
TO_HIRAGANA = ord("ァ") - ord("ぁ")


@cache
def texts() -> tuple[str, ...]:
    """Every reading of the data, in the order of the kana.

    Example:
        >>> "はなこ" in texts(), len(texts()) == len(set(texts()))
        (True, True)
    """
    return tuple(personal_names.romaji())


def plain(text: str) -> str:
    """Katakana as hiragana; all else as it is.

    Example:
        >>> plain("ハナこ")
        'はなこ'
    """
    return "".join(chr(ord(one) - TO_HIRAGANA) if ord(one) in KATAKANA else one for one in text)


def gloss(kana: str) -> str:
    """A kana in romaji.

    Example:
        >>> gloss("は"), gloss("ゃ")
        ('ha', 'ya')
    """
    return romanize_word(kana)
