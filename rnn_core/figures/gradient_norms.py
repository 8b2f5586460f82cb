"""How much of a gradient arrives at each word: ‖∂L/∂h_t‖ of several cells, on one logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import columns, gradient_lines, log_axis
from rnn_core.figures.captions import joined, percent
from rnn_core.figures.gradient_lines import SYMBOLS, Line
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.ratio import change
from rnn_core.figures.words import Words
from rnn_core.gradients import decay
from rnn_core.messages import text
from rnn_core.recurrent.directions import within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from rnn_core.figures.theme import Theme
    from rnn_core.quantities import Cell

    Array = NDArray[np.floating]

NORM = "‖∂<i>L</i>/∂<i>h</i><sub>t</sub>‖"
COLUMNS = ("‖∂L/∂h‖", "‖∂L/∂c‖")
HIGHER = 1.2  # how much higher than at both its ends a curve has to be for it to be said


def gradient_norms(
    norms: Mapping[Cell, Array],
    tokens: Sequence[str],
    at: int,
    *,
    lang: str,
    theme: Theme,
    cell_states: Mapping[Cell, Array] | None = None,
    decades: tuple[float, float] | None = None,
    glosses: Sequence[str] = (),
    relative: bool = False,
) -> Picture:
    """‖∂L/∂h_t‖ over the words, a line a cell.

    Args:
        norms: (T,) for each cell, as `GradientTrace.norms` gives them; the first cell lies on top.
        tokens: the T words.
        at: the word (0-based) at which the loss reads the state.
        lang: the reader's language.
        theme: light or dark, and how large.
        cell_states: ‖∂L/∂c_t‖ of the cells that have a c, drawn thin and hollow.
        decades: the ends of the axis as exponents of 10, widened if a value asks for it; without it the data's own.
        glosses: the words' meanings.
        relative: the sizes are shares of what there is at the loss, as `decay.shares` gives them; then 1% has its line.

    Raises:
        KiokuError: another number of words than steps, or no such word.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    within("at", at, len(words.tokens))
    symbol, kind = (text("gradient_norms.symbol", lang, norm=NORM), "method_share") if relative else (NORM, "method")
    level = (decay.LITTLE, percent(decay.LITTLE, lang)) if relative else None
    by_h = [_line(cell, values, words) for cell, values in norms.items()]
    by_c = [_line(cell, values, words, thin=True) for cell, values in (cell_states or {}).items()]
    every = [line.values for line in (*by_h, *by_c)]
    thin = [Mark("─", text("gradient_norms.thin", lang), theme.text(line.cell)) for line in by_c]
    cells = [Mark(SYMBOLS[line.cell][1], line.name, theme.text(line.cell)) for line in by_h]
    return Picture(
        key="gradient_norms",
        figure=gradient_lines.draw([*by_h, *by_c], words, at, symbol, theme, decades=decades, level=level),
        title=text("gradient_norms.title", lang),
        finding=_finding(by_h, by_c, words, at),
        method=text(f"gradient_norms.{kind}", lang),
        legend=Legend(symbol, None, marks=(*cells, *thin, *log_axis.legend(every, lang))),
        table=columns.table(
            words,
            {f"{called(line.cell, lang)} {COLUMNS[line.thin]}": line.values for line in (*by_h, *by_c)},
        ),
    )


def gradient_reach(norms: Mapping[Cell, Array], at: int, *, lang: str) -> str:
    """How far back 1 % of the gradient reaches in each cell, as a sentence.

    Raises:
        KiokuError: no such word.
    """
    said = [_reach(called(cell, lang), decay.by_lag(values, at), lang) for cell, values in norms.items()]
    return text("gradient_norms.reach", lang, cells=text("gradient_norms.between", lang).join(said))


def _line(cell: Cell, values: Array, words: Words, thin: bool = False) -> Line:
    name = called(cell, words.lang)
    return Line(f"{name} <i>c</i>" if thin else name, cell, gradient_lines.sizes(values, words, name), thin)


def _finding(by_h: Sequence[Line], by_c: Sequence[Line], words: Words, at: int) -> str:
    lang = words.lang
    between = text("gradient_norms.between", lang)
    if at == 0:
        said = text("gradient_norms.first", lang, word=words.said(0))
    else:
        kept = [
            text(
                "gradient_norms.kept",
                lang,
                cell=_plain(line, lang),
                ratio=change(float(line.values[at]), float(line.values[0]), lang),
            )
            for line in (*by_h, *by_c)
        ]
        said = text(
            "gradient_norms.reaches",
            lang,
            word=words.said(at),
            first=words.said(0),
            steps=at,
            cells=between.join(kept),
        )
    return joined([said, *_detours(by_h, words, at), *_after((*by_h, *by_c), words, at)], lang)


def _plain(line: Line, lang: str) -> str:
    """The line's name without markup."""
    name = called(line.cell, lang)
    return text("gradient_norms.cell_state", lang, cell=name) if line.thin else name


def _detours(by_h: Sequence[Line], words: Words, at: int) -> list[str]:
    """Where a curve is highest on the way, if that is neither at the loss nor at the first word."""
    said = []
    for line in by_h:
        way = line.values[: at + 1]
        if len(way) < 3 or not np.isfinite(way).all() or way[-1] == 0:
            continue
        top = int(way.argmax())
        if way[top] > HIGHER * max(way[0], way[-1]):
            higher = change(float(way[-1]), float(way[top]), words.lang)
            said.append(text("gradient_norms.detour", words.lang, cell=line.name, word=words.said(top), ratio=higher))
    return said


def _after(every: Sequence[Line], words: Words, at: int) -> list[str]:
    """That nothing reaches the words after the loss, if it is so."""
    if at == len(words.tokens) - 1 or any(line.values[at + 1 :].any() for line in every):
        return []
    return [text("gradient_norms.after", words.lang, word=words.said(at))]


def _reach(name: str, way: Array, lang: str) -> str:
    """One cell's part of `gradient_reach`; `way` is its norms by lag."""
    at = len(way) - 1
    norms = way[::-1]
    reached = decay.reach(norms, at)
    if reached is not None:
        return text("gradient_norms.reached", lang, cell=name, steps=f"{reached:.1f}")
    if at == 0 or not (way[0] > 0 and np.isfinite(way[[0, -1]]).all()):
        return text("gradient_norms.unknown", lang, cell=name)
    if way[-1] < way[0]:
        left = float(way[-1] / way[0])
        share = percent(left, lang, 1 if left < 0.1 else 0)
        return text("gradient_norms.left", lang, cell=name, steps=at, share=share)
    return text("gradient_norms.grown", lang, cell=name, steps=at, ratio=change(float(way[0]), float(way[-1]), lang))
