"""Japanese given names: how they are read, in kana and in romaji, and the kanji that they are written in.

The data are those of the package japanese-personal-name-dataset, about 9,200 readings; they are read from it and not
copied. Its own romaji are not used: they mix systems (たろう → tarou, but ゆうき → yuki) and lose vowels (のりいち →
norichi). All romaji here are `rnn_core.text.romaji`'s.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.text.romaji import romanize

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def romaji() -> Mapping[str, str]:
    """The romaji of every reading in hiragana, in the order of the kana.

    Example:
        >>> romaji()["はなこ"], romaji()["ゆうき"]
        ('hanako', 'yuuki')
    """
    return MappingProxyType({reading: romanize(reading) for reading in sorted({reading for reading, _ in _rows()})})


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """The romaji of every name in kanji, in the order of its characters, each of its readings in the order of letters.

    Example:
        >>> readings()["花子"]
        ('hanako', 'kako')
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for reading, names in _rows():
        for name in names:
            found[name].add(romanize(reading))
    return MappingProxyType({name: tuple(sorted(found[name])) for name in sorted(found)})


def _rows() -> list[tuple[str, tuple[str, ...]]]:
    # Here, since only two of the tasks need it.
    from japanese_personal_name_dataset import load_dataset

    return [
        (reading, tuple(row["kanji"]))
        for names in load_dataset("org")  # of men, of women
        for reading, row in names.items()
    ]
