"""Where attention lies: a row a written word, downwards as they are written, a column a source word, each sum 1."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import tiles
from rnn_core.figures.captions import joined, percent
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import WORD
from rnn_core.figures.words import LONGEST, short
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES
from rnn_core.statistics import attention_maps

if TYPE_CHECKING:
    from collections.abc import Mapping

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.figures.words import Words

    Array = NDArray[np.floating]
    Mask = NDArray[np.bool_]

KEY = next(row.key for row in QUANTITIES if row.axes == ("target", "source"))
TALLEST, LOWEST, HEIGHT = 34, 9, 400  # px: of a row at most and at least, and of all of them while they may
COLUMNS, ROWS = 12, 24  # up to how many there are numbers and white between cells
NAMED = 4  # rows that a finding names
LOOSE, LEFT_OUT = "◇", ("×", "x-thin")


def attention_map(
    weights: Array,
    source: Words,
    target: Words,
    *,
    theme: Theme,
    row: int | None = None,
    masked: Mask | None = None,
    head: str = "",
    suffix: str = "",
) -> Picture:
    """How much each written word draws from each source word.

    Args:
        weights: (T, S), as `attention_maps.seen` gives them.
        source: the S words that were read, and the reader's language.
        target: the T words that were written.
        theme: light or dark, and how large.
        row: the written word, 0-based, that the finding speaks of.
        masked: (T, S), True where a word was left out of a step.
        head: what the shown head is called, where there are several.
        suffix: for the picture's key.

    Raises:
        KiokuError: no map of T × S for T and S words.
    """
    wanted = (len(target.tokens), len(source.tokens))
    if weights.shape != wanted:
        raise KiokuError("figure_attention", shape=weights.shape, rows=wanted[0], columns=wanted[1])
    lang = source.lang
    loose = attention_maps.unsettled(weights)
    title = text("attention_map.title", lang)
    return Picture(
        key=f"{KEY}{suffix}",
        figure=_draw(weights, source, target, loose, masked, theme),
        title=text("attention_map.of_head", lang, title=title, head=head) if head else title,
        finding=_finding(weights, source, target, loose, row),
        method=text("attention_map.method", lang, steps=wanted[0], words=wanted[1], dtype=weights.dtype.name),
        legend=_legend(weights, loose, masked, lang),
        table=_table(weights, source, target),
    )


def _few(weights: Array) -> bool:
    """Whether every cell has room for a number."""
    steps, columns = weights.shape
    return bool(columns <= COLUMNS and steps <= ROWS)


def _draw(
    weights: Array, source: Words, target: Words, loose: tuple[int, ...], masked: Mask | None, theme: Theme
) -> go.Figure:
    steps, columns = weights.shape
    tall = min(max(HEIGHT / steps, LOWEST), TALLEST)
    gap = theme.px(2) if _few(weights) else theme.px(1) if columns <= 2 * COLUMNS else 0
    cells = tiles.shares(
        weights,
        gap,
        theme,
        x=np.arange(1, columns + 1, dtype=np.int16),
        y=np.arange(1, steps + 1, dtype=np.int16),
        hovertemplate="%{y} ← %{x}<br>α = %{z:.5~f}<extra></extra>",
    )
    numbers = [tiles.percentages(weights, theme)] if _few(weights) else []
    above, frame = source.margin(theme), {"showline": True, "mirror": True, "linecolor": theme["edge"]}
    return theme.draw(
        theme.height(tall * steps) + above + theme.px(16),
        [cells, *numbers, *_left_out(masked, theme)],
        margin={"l": theme.px(8), "r": theme.px(8), "t": above, "b": theme.px(16)},
        xaxis=source.axis(theme) | frame | {"side": "top"},
        yaxis=_written(target, loose, tall, theme) | frame,
    )


def _left_out(masked: Mask | None, theme: Theme) -> list[Part]:
    if masked is None or not masked.any():
        return []
    steps, columns = np.nonzero(masked)
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "masked",
            "x": (columns + 1).astype(np.int16),
            "y": (steps + 1).astype(np.int16),
            "hoverinfo": "skip",
            "marker": theme.dot(theme["ink"], 8 if masked.size <= COLUMNS * ROWS else 4, LEFT_OUT[1], width=1.5),
        }
    ]


def _written(target: Words, loose: tuple[int, ...], tall: float, theme: Theme) -> Part:
    """The written words downwards; those whose row settles on no word have a sign before them."""
    steps = len(target.tokens)
    every = 1
    while theme.height(every * tall) < theme.px(LABEL * 1.5) and every < steps:
        every += 1
    shown = range(1, steps + 1, every)

    def label(step: int) -> str:
        word = short(target.tokens[step - 1], LONGEST + 2)
        return f"{LOOSE} {word}" if step - 1 in loose else word

    return {
        "tickmode": "array",
        "tickvals": list(shown),
        "ticktext": [f"{label(step)} " for step in shown],
        "labelalias": {str(step): f"{label(step)} ({step})" for step in range(1, steps + 1)} if every > 1 else None,
        "tickfont": theme.font(WORD if every == 1 and tall >= WORD * 1.4 else LABEL),
        "range": [steps + 0.5, 0.5],
    }


def _finding(weights: Array, source: Words, target: Words, loose: tuple[int, ...], row: int | None) -> str:
    lang, said = source.lang, []
    if row is not None:
        best = int(weights[row].argmax())
        share = percent(float(weights[row, best]), lang)
        said.append(text("attention_map.row", lang, written=target.said(row), share=share, word=source.said(best)))
    if len(weights) > 1:
        said.append(_settled(target, loose, len(weights)))
    turned, pairs = attention_maps.inversions(weights)
    if pairs:
        said.append(text("attention_map.turned", lang, turned=turned, pairs=pairs))
    return joined(said or [text("attention_map.one", lang)], lang)


def _settled(target: Words, loose: tuple[int, ...], steps: int) -> str:
    """Which rows lie on no one word; that all do, or none, is said shorter."""
    lang = target.lang
    if len(loose) in (0, steps):
        return text("attention_map.all_settle" if not loose else "attention_map.none_settles", lang)
    names = text("figures.list", lang).join(target.said(step) for step in loose[:NAMED])
    if len(loose) > NAMED:
        return text("attention_map.loose_more", lang, names=names, more=len(loose) - NAMED)
    return text("attention_map.loose", lang, names=names)


def _legend(weights: Array, loose: tuple[int, ...], masked: Mask | None, lang: str) -> Legend:
    marks = [Mark("%", text("attention_map.numbers", lang))] if _few(weights) else []
    if loose:
        marks.append(Mark(LOOSE, text("attention_map.no_half", lang)))
    if masked is not None and masked.any():
        marks.append(Mark(LEFT_OUT[0], text("attention_map.masked", lang)))
    return Legend("<i>α</i>", tiles.SHARE, "0", "1", tuple(marks))


def _table(weights: Array, source: Words, target: Words) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    """A row a written word, a column a source word."""
    head: dict[str, tuple[object, ...] | np.ndarray] = {
        text("figures.column.step", source.lang): tuple(range(1, len(weights) + 1)),
        text("attention_map.written", source.lang): target.tokens,
    }
    columns = {f"{place} {word}": weights[:, place - 1] for place, word in enumerate(source.tokens, 1)}
    return MappingProxyType(head | columns)
