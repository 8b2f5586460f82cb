"""How far each word moves the state: the length of the step from the state before it to the state after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import columns, lines, marks
from rnn_core.figures.captions import number
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.symbols import html
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES
from rnn_core.statistics import comparison

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.recurrent.trace import LayerTrace

    Float64 = NDArray[np.float64]

GUESS = "▼"


def movement(
    layer: LayerTrace,
    tokens: Sequence[str],
    *,
    lang: str,
    theme: Theme,
    glosses: Sequence[str] = (),
    guess: int | None = None,
) -> Picture:
    """‖h_t − h_{t−1}‖ at each word, a bar a word; h_0 is 0.

    Args:
        layer: T steps × H units.
        tokens: the T words.
        lang: the reader's language.
        theme: light or dark, and how large.
        glosses: the words' meanings.
        guess: the word (0-based) that the reader expected to move the state most; None for no guess.

    Raises:
        KiokuError: a batch, or another number of words than steps.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    state = QUANTITIES.state(layer.cell)
    values = columns.matrix(layer, state.key, words)  # (T, H)
    moved = comparison.changes(np.concatenate([np.zeros_like(values[:1]), values]))  # (T,)
    symbol = html(state.forms[layer.cell].symbol)
    norm = f"‖{symbol} − {symbol.replace('<sub>t</sub>', '<sub>t−1</sub>')}‖"
    outliers = marks.Outliers.of(moved, -np.inf, np.inf)
    said = () if guess is None else (Mark(GUESS, text("movement.guess", lang), theme["ink"]),)
    return Picture(
        key="movement",
        figure=_draw(moved, norm, theme.mark(layer.cell), guess, words, theme),
        title=text("movement.title", lang),
        finding=_finding(moved, guess, words) + outliers.said(lang),
        method=text("movement.method", lang, units=values.shape[1]),
        legend=Legend(norm, None, marks=(*said, *outliers.legend(lang))) if said or outliers.masks else None,
        table=columns.table(words, {text("movement.column", lang): moved}),
    )


def _draw(moved: Float64, norm: str, color: str, guess: int | None, words: Words, theme: Theme) -> go.Figure:
    _, high = lines.span(moved, 0.0, 0.0)
    axis, shelf = lines.value_axis(moved, (0.0, (high or 1.0) * 1.1), theme)  # room for the guess over its bar
    bars: Part = {
        "type": "bar",
        "x": np.arange(1, len(moved) + 1, dtype=np.int16),
        "y": moved,
        "marker": {"color": color, "line": {"width": 0}},
        "name": norm,
        "hovertemplate": f"%{{x}}<br>{norm} = %{{y:.5~g}}<extra></extra>",
    }
    below = words.margin(theme)
    return theme.draw(
        theme.height(lines.HEIGHT * 2 // 3) + below + theme.px(8),
        [bars, *marks.on_shelf(moved, shelf, color, theme)],
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": below},
        bargap=0.4,
        annotations=[] if guess is None else [_guess(guess, moved, theme)],
        xaxis=words.axis(theme),
        yaxis=axis | {"title": {"text": norm}},
    )


def _guess(guess: int, moved: Float64, theme: Theme) -> Part:
    height = float(moved[guess])
    return theme.label(GUESS, x=guess + 1, y=height if np.isfinite(height) else 0.0, yanchor="bottom")


def _finding(moved: Float64, guess: int | None, words: Words) -> str:
    lang = words.lang
    if not np.isfinite(moved).any():
        return text("figures.heatmap.nothing", lang)
    most = int(np.argmax(np.where(np.isfinite(moved), moved, -1)))
    found = text("movement.most", lang, word=words.said(most), size=number(float(moved[most])))
    if guess is None:
        return found
    if guess == most:
        return text("figures.join", lang, first=text("movement.right", lang), second=found)
    rank = 1 + int(np.sum(np.where(np.isfinite(moved), moved, -1) > moved[guess]))
    said = text("movement.wrong", lang, word=words.said(guess), rank=rank, size=number(float(moved[guess])))
    return text("figures.join", lang, first=found, second=said)
