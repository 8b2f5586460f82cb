"""What each step alone adds to the gradient of W_hh, in several cells, on one logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.figures import columns, gradient_lines, log_axis
from rnn_core.figures.gradient_lines import SYMBOLS, Line
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.words import Words
from rnn_core.gradients import decay
from rnn_core.messages import text
from rnn_core.quantities import MINIMAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Theme
    from rnn_core.quantities import Cell

    Array = NDArray[np.floating]

SYMBOL = "‖∂<i>L</i>/∂<i>W<sub>hh</sub></i>‖<sub>t</sub>"
OF_ANY = "‖∂<i>L</i>/∂<i>W</i>‖<sub>t</sub>"  # where one of the cells has no W_hh


def weight_shares(
    weight_steps: Mapping[Cell, Array],
    tokens: Sequence[str],
    at: int,
    *,
    lang: str,
    theme: Theme,
    decades: tuple[float, float] | None = None,
    glosses: Sequence[str] = (),
    suffix: str = "",
) -> Picture:
    """The size of each step's own share of ∂L/∂W_hh, a line a cell; of a minGRU or minLSTM, of ∂L/∂W_x.

    Args:
        weight_steps: (T,) for each cell, as `GradientTrace.weight_steps` gives them; the first cell lies on top.
        tokens: the T words.
        at: the word (0-based) at which the loss reads the state.
        lang: the reader's language.
        theme: light or dark, and how large.
        decades: the ends of the axis as exponents of 10, widened if a value asks for it; without it the data's own.
        glosses: the words' meanings.
        suffix: for the picture's key.

    Raises:
        KiokuError: another number of words than steps, or no such word.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    shown = [
        Line(called(cell, lang), cell, gradient_lines.sizes(values, words, called(cell, lang)))
        for cell, values in weight_steps.items()
    ]
    mixed = any(cell in MINIMAL for cell in weight_steps)
    symbol = OF_ANY if mixed else SYMBOL
    cells = [Mark(SYMBOLS[line.cell][1], line.name, theme.text(line.cell)) for line in shown]
    lost = log_axis.legend([line.values for line in shown], lang)
    return Picture(
        key="weight_steps" + suffix,
        figure=gradient_lines.draw(shown, words, at, symbol, theme, decades=decades),
        title=text("weight_shares.title_any" if mixed else "weight_shares.title", lang),
        finding=_finding(shown, words, at),
        method=text("weight_shares.method_any" if mixed else "weight_shares.method", lang),
        legend=Legend(symbol, None, marks=(*cells, *lost)),
        table=columns.table(words, {line.name: line.values for line in shown}),
    )


def _finding(shown: Sequence[Line], words: Words, at: int) -> str:
    lang = words.lang
    near = [decay.nearest(line.values, at) for line in shown]
    said = [
        text("weight_shares.none", lang, cell=line.name)
        if count is None
        else text("weight_shares.cell", lang, cell=line.name, steps=count)
        for line, count in zip(shown, near, strict=True)
    ]
    cells = text("weight_shares.between", lang).join(said)
    found = text("weight_shares.finding", lang, word=words.said(at), before=at + 1, cells=cells)
    if all(line.values[0] == 0 for line in shown):
        return text("figures.join", lang, first=found, second=text("weight_shares.first", lang, word=words.said(0)))
    return found
