"""What would be right for a source, as far as the data knows it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rnn_core.tasks import names
from rnn_core.tasks.names.corpus import BETWEEN
from rnn_core.tasks.translations import TRANSLATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.tasks.pairs import Tokens


def correct_targets(task: str, tokens: Sequence[str]) -> tuple[Tokens, ...]:
    """The targets that count as right; () where the data does not tell, and for tasks that have no data of their own.

    Of names in kana a rule tells (`rnn_core.text.romaji`), whether they are in the data or not.

    Example:
        >>> ["".join(target) for target in correct_targets("names", ("は", "な", "こ", "・", "ゆ", "う", "き"))]
        ['hanako␣yuuki']
        >>> correct_targets("kanji", ("猫",)), correct_targets("katakana", ("t", "e", "a"))
        ((), ())
    """
    if task not in TRANSLATIONS:
        return ()
    if task == names.TASK.name:
        return names.joined("".join(tokens).split(BETWEEN)).targets
    return _known(task).get(tuple(tokens), ())


def first_wrong(written: Sequence[str], targets: Sequence[Sequence[str]]) -> int | None:
    """The place, 0-based, at which an output leaves the right one that it follows longest; None where it is right.

    It may be the place after its last word: then something is missing there. None too where nothing is known.

    Example:
        >>> first_wrong("a cold day".split(), ["a warm day".split(), "a cold wet day".split()])
        2
    """
    if not targets or any(tuple(written) == tuple(target) for target in targets):
        return None
    return max(_shared(written, target) for target in targets)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How long two sequences are the same from the start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


@cache
def _known(task: str) -> Mapping[Tokens, tuple[Tokens, ...]]:
    parts = TRANSLATIONS[task].parts()
    return {pair.source: pair.targets for pair in (*parts.train, *parts.test)}
