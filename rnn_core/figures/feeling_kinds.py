"""What the feelings are called, and by which of the theme's lines each is drawn."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

COLOURS: Mapping[str, int] = MappingProxyType(
    {
        **{"happy": 1, "angry": 4, "surprised": 2, "sad": 3, "shy": 0, "sleepy": 5},
        **{"positive": 3, "neutral": 5, "negative": 1},
    }
)


def kind_name(kind: str, lang: str) -> str:
    """A feeling as the reader's language has it.

    Example:
        >>> kind_name("sleepy", "en")
        'sleepy'
    """
    return text(f"feeling.kind.{kind}", lang)
