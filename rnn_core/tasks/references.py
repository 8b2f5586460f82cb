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


@cache
def _known(task: str) -> Mapping[Tokens, tuple[Tokens, ...]]:
    parts = TRANSLATIONS[task].parts()
    return {pair.source: pair.targets for pair in (*parts.train, *parts.test)}
