"""The words of a sentence as figures write them: on an axis, under the pointer, in a finding."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.figures.margins import LABEL, text_width
from rnn_core.figures.theme import WORD
from rnn_core.messages import text
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rnn_core.figures.theme import Part, Theme

TOKEN_LANGUAGE = "ja"  # its readers need no gloss
LABELS = 20  # so many words at most have their label on the axis
LONGEST, GLOSS_LINE, GLOSS = 8, 10, 16  # characters: of a word, of a line of a gloss under it, of a gloss beside it
NARROW, COLUMN, DESK, LINE = 290, 330, 1000, 17  # px: the axis on a phone, in a column and on a desk, a line of labels


def short(word: str, longest: int = LONGEST) -> str:
    """The word, cut to `longest` characters with an ellipsis, as markup that shows exactly these characters."""
    return escape(shorten(word, longest), quote=False)


@cache
def _lines(gloss: str, most: int) -> tuple[str, ...]:
    """A gloss in at most `most` lines."""
    if most == 1:
        return (short(gloss, GLOSS),) if gloss else ()
    return tuple(escape(line, quote=False) for line in wrap(gloss, GLOSS_LINE, max_lines=most, placeholder="…"))


@dataclass(frozen=True)
class Words:
    """T words, their glosses ("" where there is none; () for none at all), and the reader's language.

    Raises:
        KiokuError: there are glosses, but not one a word.
    """

    tokens: tuple[str, ...]
    glosses: tuple[str, ...]
    lang: str

    def __post_init__(self) -> None:
        if self.glosses and len(self.glosses) != len(self.tokens):
            raise KiokuError("figure_glosses", words=len(self.tokens), glosses=len(self.glosses))

    def gloss(self, step: int) -> str:
        """What a reader of this language needs beside the word at `step` (0-based), "" for nothing."""
        return self.glosses[step] if self.glosses and self.lang != TOKEN_LANGUAGE else ""

    def said(self, step: int) -> str:
        """The word as a sentence quotes it, with its place if it comes more than once; plain text."""
        word = quoted(self.tokens[step], self.gloss(step), self.lang)
        if self.tokens.count(self.tokens[step]) == 1:
            return word
        return text("figures.word_at", self.lang, word=word, step=step + 1)

    def axis(self, theme: Theme, beside: float = 0) -> Part:
        """The time axis: numbers 1 … T, so that a word that comes twice has two places, with the words as labels.

        Beyond `LABELS` words every second, third, … has its label; under the pointer each has. `beside` is the width
        in px that something right of the plot takes.
        """
        steps = range(1, len(self.tokens) + 1)
        shown = self._shown(theme, beside)
        labels = self._labels(f'<span style="color:{theme["muted"]};font-size:{theme.px(LABEL)}px">', theme, beside)
        hover = {str(step): self._hover(step) for step in steps} if len(shown) < len(steps) else None
        return {
            "tickmode": "array",
            "tickvals": list(shown),
            "ticktext": labels,
            "labelalias": hover,
            "tickfont": theme.font(WORD if self._under(theme, beside) else LABEL),
            "range": [0.5, len(self.tokens) + 0.5],
            **self._turned(labels, theme, beside),
        }

    def numbered(self, theme: Theme) -> bool:
        """Whether each word has its number with it, on the axis or under the pointer."""
        shown = self._shown(theme, 0)
        return len(shown) < len(self.tokens) or self._numbered(self._under(theme, 0), shown)

    def margin(self, theme: Theme, beside: float = 0) -> float:
        """The room under the axis that its labels take, in px; upright if they can't stand side by side at a desk."""
        labels = self._labels("", theme, beside)
        if self._upright(labels, theme, beside):
            return theme.px(max(map(text_width, labels)) + LABEL)
        return theme.px(WORD + LINE * max(label.count("<br>") for label in labels) + LABEL)

    def _turned(self, labels: Sequence[str], theme: Theme, beside: float) -> Part:
        """Level labels where there is room for them side by side, else upright ones.

        Where a column of a desk may be too narrow the browser finds out, which takes it longer than all the rest of a
        small chart.
        """
        if self._upright(labels, theme, beside):
            return {"tickangle": 90}
        level = theme.narrow or max(map(text_width, labels)) * len(labels) <= COLUMN - beside
        return {"tickangle": 0} if level else {"autotickangles": [0, 90], "automargin": True}

    def _upright(self, labels: Sequence[str], theme: Theme, beside: float) -> bool:
        """Whether the labels can't stand side by side even on the whole width."""
        return max(map(text_width, labels)) * len(labels) > (NARROW if theme.narrow else DESK) - beside

    def _shown(self, theme: Theme, beside: float) -> range:
        """The steps with a label, 1-based: on a phone as many as stand side by side when they are turned."""
        room = min(LABELS, max(1, int(NARROW - beside) // LABEL)) if theme.narrow else LABELS
        return range(1, len(self.tokens) + 1, ceil(len(self.tokens) / room))

    def _room(self, theme: Theme, beside: float) -> int:
        """So many lines a label may have: on a phone they are turned, and must not run into the next one."""
        return max(
            1, min(4, int((NARROW if theme.narrow else COLUMN) - beside) // (LINE * len(self._shown(theme, beside))))
        )

    def _glosses(self, room: int, shown: range) -> list[tuple[str, ...]]:
        return [_lines(self.gloss(step - 1), max(1, min(2, room))) for step in shown]

    def _numbered(self, room: int, shown: range) -> bool:
        return room > max(map(len, self._glosses(room, shown)))

    def _labels(self, quiet: str, theme: Theme, beside: float) -> list[str]:
        """The labels of the shown steps: the word, and small (in a `quiet` span) its gloss and number as room is."""
        return self._written(quiet, self._under(theme, beside), self._shown(theme, beside))

    def _under(self, theme: Theme, beside: float) -> int:
        """So many lines may stand under a word: none if it is turned, where they would look like words beside it."""
        room = self._room(theme, beside) - 1
        return 0 if room and self._upright(self._written("", room, self._shown(theme, beside)), theme, beside) else room

    def _written(self, quiet: str, room: int, shown: range) -> list[str]:
        """The labels with so many lines under the word, or with the gloss behind it."""
        glosses, numbered = self._glosses(room, shown), self._numbered(room, shown)
        close = "</span>" if quiet else ""
        labels = []
        for step, gloss in zip(shown, glosses, strict=True):
            small = [*gloss, str(step)] if numbered else gloss
            parts = [short(self.tokens[step - 1]), *(f"{quiet}{line}{close}" for line in small)]
            labels.append(("<br>" if room else " ").join(parts))
        return labels

    def _hover(self, step: int) -> str:
        return "<br>".join([short(self.tokens[step - 1]), *_lines(self.gloss(step - 1), 1), str(step)])


def stem_of(words: Iterable[str]) -> str | None:
    """One of the words that readers of Japanese may wonder at: the stem of a longer one, which ends in っ.

    Example:
        >>> stem_of(["天気", "行っ", "だっ"]), stem_of(["天気"])
        ('だっ', None)
    """
    stems = [word for word in words if word.endswith("っ")]
    return max(stems, key=lambda word: word == "だっ", default=None)


def quoted(word: str, gloss: str, lang: str) -> str:
    """A word in the quotation marks of `lang`, with its gloss where there is one; plain text.

    Example:
        >>> quoted("天気", "weather", "en")
        '“天気” (weather)'
    """
    return text("figures.word_gloss" if gloss else "figures.word", lang, word=word, gloss=gloss)
