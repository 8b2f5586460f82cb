"""Cases in two languages, each in one of them: that a language changes words and no number is a law of its own."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from rnn_core.messages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable


def alternately(cases: Iterable[object]) -> list[tuple[object, ...]]:
    """Each case after a language: the first in the first one, the second in the second, and so on.

    Args:
        cases: the values of a test's parameters; a tuple where it has several.
    """
    rows = [case if isinstance(case, tuple) else (case,) for case in cases]
    return [(lang, *row) for lang, row in zip(cycle(LANGUAGES), rows, strict=False)]
