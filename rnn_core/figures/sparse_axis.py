"""Time on an axis that is narrow for its words: from a dozen words on, a label at round distances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.figures.margins import LABEL
from rnn_core.figures.words import short

if TYPE_CHECKING:
    from rnn_core.figures.theme import Part, Theme
    from rnn_core.figures.words import Words

FEW, LABELS = 12, 6  # steps up to which each has its label, and labels at most beyond
LONGEST, GLOSS = 4, 7  # characters of a word at such a label, and of its meaning
WORD, MEANING = 8, 16  # and under the pointer


def shown(steps: int) -> list[int]:
    """The steps with a label, 1-based.

    Example:
        >>> shown(5), shown(60)
        ([1, 2, 3, 4, 5], [1, 10, 20, 30, 40, 50, 60])
    """
    if steps <= FEW:
        return list(range(1, steps + 1))
    every = next(k for k in (5, 10, 20, 50, 100, steps) if steps / k <= LABELS)
    return [1, *range(every, steps + 1, every)]


def time_axis(words: Words, theme: Theme, beside: float, numbers: bool = False) -> Part:
    """The axis of T words, 1 … T: all of them while they are few, else some, with their numbers or those alone.

    `beside` is the width in px that something else takes.
    """
    tokens = words.tokens
    if len(tokens) <= FEW:
        return words.axis(theme, beside)
    return {
        "tickmode": "array",
        "tickvals": shown(len(tokens)),
        "ticktext": [str(step) for step in shown(len(tokens))] if numbers else labels(words),
        "labelalias": {str(step): "<br>".join(_lines(words, step)) for step in range(1, len(tokens) + 1)},
        "tickangle": 0,
        "tickfont": theme.font(LABEL),
        "range": [0.5, len(tokens) + 0.5],
    }


def labels(words: Words) -> list[str]:
    """The labels of the words that have one where they are many."""
    return ["<br>".join(_lines(words, step, LONGEST)) for step in shown(len(words.tokens))]


def margin(words: Words, theme: Theme, beside: float, numbers: bool = False) -> float:
    """The room under the axis that its labels take, in px."""
    if len(words.tokens) <= FEW:
        return words.margin(theme, beside)
    meant = any(words.gloss(step - 1) for step in shown(len(words.tokens)))
    return theme.px(LABEL * (2 if numbers else 4.7 if meant else 3.5))


def _lines(words: Words, step: int, longest: int | None = None) -> list[str]:
    """A word, its meaning for those who need it, and its number; at a label (`longest`) both are cut."""
    token, gloss = words.tokens[step - 1], words.gloss(step - 1)
    cut = (longest, GLOSS) if longest else (WORD, MEANING)
    return [short(token, cut[0]), *([short(gloss, cut[1])] if gloss else []), str(step)]
