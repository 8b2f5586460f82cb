"""How far each word moves the state: the length of the step from the state before it to the state after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

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

Verdict: TypeAlias = Literal["right", "near", "wrong"]
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
    values, moved = _moved(layer, words)
    symbol = html(QUANTITIES.state(layer.cell).forms[layer.cell].symbol)
    norm = f"‖{symbol} − {symbol.replace('<sub>t</sub>', '<sub>t−1</sub>')}‖"
    outliers = marks.Outliers.of(moved, -np.inf, np.inf)
    said = () if guess is None else (Mark(GUESS, text("movement.guess", lang), theme["ink"]),)
    return Picture(
        key="movement",
        figure=_draw(moved, norm, theme.mark(layer.cell), guess, words, theme),
        title=text("movement.title", lang),
        finding=_finding(moved, words) + outliers.said(lang),
        method=text("movement.method", lang, units=values.shape[1]),
        legend=Legend(norm, None, marks=(*said, *outliers.legend(lang))) if said or outliers.masks else None,
        table=columns.table(words, {text("movement.column", lang): moved}),
    )


def movement_judged(
    layer: LayerTrace, tokens: Sequence[str], guess: int, *, lang: str, glosses: Sequence[str] = ()
) -> tuple[Verdict, str]:
    """Whether the word `guess` (0-based) moves the state most ("near": one moves it more); and why, a sentence."""
    words = Words(tuple(tokens), tuple(glosses), lang)
    _, moved = _moved(layer, words)
    if not np.isfinite(moved).any():
        return "wrong", text("figures.heatmap.nothing", lang)
    sizes = _sizes(moved)
    most, rank = int(np.argmax(sizes)), 1 + int(np.sum(sizes > sizes[guess]))
    found = {"word": words.said(guess), "size": number(float(moved[guess])), "rank": rank}
    if rank == 1:
        return "right", text("movement.no_more", lang, **found)
    why = text("movement.more", lang, **found, most=words.said(most), top=number(float(moved[most])))
    return ("near" if rank == 2 and np.isfinite(moved[guess]) else "wrong"), why


def movement_most(layer: LayerTrace, tokens: Sequence[str]) -> tuple[int, ...]:
    """The words (0-based) of which none moves the state more; () where nothing of it is finite."""
    _, moved = _moved(layer, Words(tuple(tokens), (), "en"))
    if not np.isfinite(moved).any():
        return ()
    return tuple(np.flatnonzero(_sizes(moved) == _sizes(moved).max()).tolist())


def _moved(layer: LayerTrace, words: Words) -> tuple[NDArray[np.floating], Float64]:
    """The states, (T, H), and how far each word moves them, (T,)."""
    values = columns.matrix(layer, QUANTITIES.state(layer.cell).key, words)
    return values, comparison.changes(np.concatenate([np.zeros_like(values[:1]), values]))


def _sizes(moved: Float64) -> Float64:
    """The changes where the largest is looked for: what is not finite is never it."""
    return np.where(np.isfinite(moved), moved, -1.0)


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


def _finding(moved: Float64, words: Words) -> str:
    if not np.isfinite(moved).any():
        return text("figures.heatmap.nothing", words.lang)
    most = int(np.argmax(_sizes(moved)))
    return text("movement.most", words.lang, word=words.said(most), size=number(float(moved[most])))
