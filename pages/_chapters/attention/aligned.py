"""Outputs under each other, word by word, so that the eye finds where they part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages._ui.words import plain
from rnn_core.statistics.edits import unmatched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.shell import View


@dataclass(frozen=True)
class Line:
    """One output.

    Attributes:
        name: whose it is.
        words: its words; those of one letter each are set close.
        said: what is said after it: "right", "38 %".
        good: whether that is good, bad, or neither.
        against: what its words are compared with, where not all lines are compared with one.
    """

    name: str
    words: tuple[str, ...]
    said: str = ""
    good: bool | None = None
    against: tuple[str, ...] | None = None


def lines(view: View, rows: Sequence[Line], against: Sequence[str] | None = None) -> str:
    """A table of them as HTML that scrolls by itself; a word that has no partner in `against` is marked."""
    body = "".join(_row(row, row.against if against is None else against) for row in rows)
    return f'<div class="scroll wide" tabindex="0"><table class="outputs" lang="{view.lang}">{body}</table></div>'


def _row(row: Line, against: Sequence[str] | None) -> str:
    close = all(len(word) == 1 for word in row.words)
    marked = frozenset() if against is None else unmatched(row.words, against)
    words = ("" if close else " ").join(_word(word, at in marked) for at, word in enumerate(row.words))
    verdict = "" if row.good is None else " good" if row.good else " bad"
    sign = {True: "✓ ", False: "✗ ", None: ""}[row.good]
    said = f'<td class="said{verdict}">{sign}{plain(row.said)}</td>' if row.said else "<td></td>"
    return f'<tr><th scope="row">{plain(row.name)}</th><td class="words">{words}</td>{said}</tr>'


def _word(word: str, marked: bool) -> str:
    return f"<mark>{plain(word)}</mark>" if marked else f"<span>{plain(word)}</span>"
