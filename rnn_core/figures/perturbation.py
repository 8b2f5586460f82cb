"""One word is another: how far the states of each cell are apart from there on, on one logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core import lineup
from rnn_core.figures import columns, lines, log_axis, sparse_axis
from rnn_core.figures.captions import joined, number
from rnn_core.figures.gradient_lines import DASHES, SYMBOLS, sizes
from rnn_core.figures.log_axis import LogAxis, drawable
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.ratio import change
from rnn_core.figures.words import Words, quoted
from rnn_core.messages import text
from rnn_core.quantities import COMPOSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]

NORM = "||<i>h</i><sub>t</sub> − <i>h</i><sub>t</sub>′||"
BESIDE, LONGER = 64, 112  # px for the lines' names: of cells, of networks


def perturbation(
    gaps: Mapping[Cell, Array],
    tokens: Sequence[str],
    other: str,
    *,
    lang: str,
    theme: Theme,
    guess: Cell | None = None,
    glosses: Sequence[str] = (),
) -> Picture:
    """How long a changed first word lives in the states.

    Args:
        gaps: (T,) for each cell, as `lineup.rms_difference` gives them.
        tokens: the T words.
        other: what stands in the place of the first word.
        lang: the reader's language.
        theme: light or dark, and how large.
        guess: the cell of which the reader expected that the difference lives longest.
        glosses: the words' meanings.

    Raises:
        KiokuError: another number of words than steps.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    found = {cell: sizes(values, words, called(cell, lang)) for cell, values in gaps.items()}
    every = list(found.values())
    marks = [Mark(SYMBOLS[cell][1], called(cell, lang), theme.text(cell)) for cell in found]
    return Picture(
        key="difference",
        figure=_draw(found, words, theme),
        title=text("perturbation.title", lang),
        finding=_finding(found, other, guess, words),
        method=text("perturbation.method", lang),
        legend=Legend(NORM, None, marks=(*marks, *log_axis.legend(every, lang))),
        table=columns.table(words, {called(cell, lang): values for cell, values in found.items()}),
    )


def longest(gaps: Mapping[Cell, Float64]) -> Cell | None:
    """The cell of which the largest share of the first difference is left at the last word; None without any.

    Example:
        >>> longest({"rnn": np.array([1.0, 0.1]), "gru": np.array([2.0, 0.5])})
        'gru'
    """
    left = {cell: values[-1] / values[0] for cell, values in gaps.items() if values[0] > 0 and len(values) > 1}
    if not left:
        return None
    return max(left, key=left.__getitem__)


def _draw(found: Mapping[Cell, Float64], words: Words, theme: Theme) -> go.Figure:
    axis = LogAxis.of(list(found.values()))
    traces: list[Part] = []
    for row, (cell, values) in enumerate(found.items()):
        name, color = called(cell, words.lang), theme.mark(cell)
        spoken = {"name": name, "customdata": values, "hovertemplate": f"{name}: %{{customdata:.4~g}}<extra></extra>"}
        traces.append(lines.line(drawable(values), color, theme, DASHES[cell], SYMBOLS[cell][0]) | spoken)
        traces += axis.marks(values, row, color, name, theme)
    ended = {cell: drawable(values)[np.isfinite(drawable(values))] for cell, values in found.items()}
    named = [cell for cell, values in ended.items() if values.size]
    beside = BESIDE if set(COMPOSED).isdisjoint(found) else LONGER
    above, below = theme.px(8), sparse_axis.margin(words, theme, beside)
    return theme.draw(
        axis.height(theme, lines.HEIGHT) + above + below,
        traces,
        margin={"l": theme.px(8), "r": theme.px(beside), "t": above, "b": below},
        hovermode="x unified",
        hoversubplots="axis",
        annotations=lines.names(
            [called(cell, words.lang) for cell in named],
            [theme.text(cell) for cell in named],
            [float(np.log10(ended[cell][-1])) for cell in named],
            (axis.low, axis.high),
            theme,
        ),
        xaxis=sparse_axis.time_axis(words, theme, beside) | {"anchor": axis.foot},
        **axis.layout(theme, lines.HEIGHT, NORM),
    )


def _finding(found: Mapping[Cell, Float64], other: str, guess: Cell | None, words: Words) -> str:
    lang, later = words.lang, len(words.tokens) - 1
    if words.tokens[0] == other:
        return text("perturbation.itself", lang, first=words.said(0))
    places = {"first": words.said(0), "other": quoted(other, "", lang)}
    between = text("perturbation.between", lang)
    if not later:
        each = [
            text("perturbation.cell", lang, cell=called(c, lang), left=number(float(v[0]))) for c, v in found.items()
        ]
        return text("perturbation.one", lang, cells=between.join(each), **places)
    best = longest(found)
    if best is None:
        return text("perturbation.none", lang, **places)
    left = change(float(found[best][0]), float(found[best][-1]), lang)
    said = text("perturbation.left", lang, steps=later, cell=called(best, lang), left=left, **places)
    return joined([said, *_fallen(found, lang), *_judged(best, guess, lang)], lang)


def _fallen(found: Mapping[Cell, Float64], lang: str) -> list[str]:
    """Where less than a tenth is left first, and after how many words; nothing where it falls so far nowhere."""
    lived = {cell: steps for cell, values in found.items() if (steps := lineup.persistence(values)) is not None}
    if not lived:
        return []
    first = min(lived, key=lived.__getitem__)
    return [text("perturbation.tenth", lang, cell=called(first, lang), steps=f"{lived[first]:.1f}")]


def _judged(best: Cell, guess: Cell | None, lang: str) -> list[str]:
    """Whether the cell was guessed in which it lives longest."""
    if guess is None:
        return []
    return [text("perturbation.right" if guess == best else "perturbation.wrong", lang, guess=called(guess, lang))]
