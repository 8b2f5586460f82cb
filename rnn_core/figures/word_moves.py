"""How far each word's state moves when the words change places: a row a way of reading, a column a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import columns, log_axis, size_map, tiles
from rnn_core.figures.captions import number
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme

    Array = NDArray[np.floating]

GUESS = "▶"
LOW, HIGH = -2.0, 0.5  # the ends of the scale, as exponents of 10
ROW, NUMBERED = 52, 12  # px a way of reading; words up to which cells carry their number


@dataclass(frozen=True, eq=False)
class Moves:
    """One way of reading.

    Attributes:
        positions, causal: whether places were added, and whether later words were hidden.
        moved: how far each of the T words' states moved, (T,); exactly 0 where not a bit changed.
    """

    positions: bool
    causal: bool
    moved: Array

    def name(self, lang: str) -> str:
        """What it is called."""
        places = text(f"word_moves.{'placed' if self.positions else 'unplaced'}", lang)
        mask = text(f"word_moves.{'masked' if self.causal else 'open'}", lang)
        return text("word_moves.name", lang, places=places, mask=mask)


def word_moves(
    readings: Sequence[Moves],
    tokens: Sequence[str],
    *,
    lang: str,
    theme: Theme,
    glosses: Sequence[str] = (),
    guess: int | None = None,
) -> Picture:
    """The map of all ways of reading.

    Args:
        readings: the ways.
        tokens: the T words.
        lang: the reader's language.
        theme: light or dark, and how large.
        glosses: the words' meanings.
        guess: the way, 0-based, in which the reader expects nothing to change; None for no guess.

    Raises:
        KiokuError: another number of words than places.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    for reading in readings:
        if reading.moved.shape != (len(words.tokens),):
            raise KiokuError("figure_words", quantity="word_moves", steps=len(reading.moved), words=len(words.tokens))
    raw = np.stack([reading.moved for reading in readings]).astype(np.float64)  # (N, T)
    names = [reading.name(lang) for reading in readings]
    marks = (Mark(log_axis.ZERO[0], text("word_moves.same_bits", lang)),) if (raw == 0).any() else ()
    guessed = () if guess is None else (Mark(GUESS, text("word_moves.guess", lang)),)
    shown = [f"{GUESS} {name}" if at == guess else name for at, name in enumerate(names)]
    return Picture(
        key="word_moves",
        figure=_draw(raw, shown, words, theme),
        title=text("word_moves.title", lang),
        finding=_finding(readings, lang),
        method=text("word_moves.method", lang),
        legend=Legend(text("word_moves.distance", lang), size_map.SCALE, "≤ 0.01", "≥ 3", (*marks, *guessed)),
        table=columns.table(words, dict(zip(names, raw, strict=True))),
    )


def _draw(raw: Array, names: Sequence[str], words: Words, theme: Theme) -> go.Figure:
    lines = [name.replace(" · ", "<br>") for name in names]
    return size_map.draw(
        raw, (LOW, HIGH), lines, words, theme, row=ROW, beside=theme.px(150), over=_numbers(raw, theme)
    )


def _numbers(raw: Array, theme: Theme) -> list[Part]:
    """The distance on each cell that has one, where there is room."""
    if raw.shape[1] > NUMBERED:
        return []
    rows, places = np.nonzero(raw > 0)
    moved = raw[rows, places]
    shares = (np.log10(moved) - LOW) / (HIGH - LOW)
    return [tiles.labels(places + 1, rows, [number(float(value)) for value in moved], shares, size_map.SCALE, theme)]


def _finding(readings: Sequence[Moves], lang: str) -> str:
    """Which ways of reading change nothing; where each does, how far they go."""
    between = text("word_moves.between", lang)
    if still := [reading.name(lang) for reading in readings if not np.any(reading.moved)]:
        return text("word_moves.still", lang, names=between.join(still))
    each = (
        text("word_moves.each", lang, name=reading.name(lang), mean=number(float(np.mean(reading.moved))))
        for reading in readings
    )
    return text("word_moves.moves", lang, each=between.join(each))
