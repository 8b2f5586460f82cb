"""How far two runs are apart at each step: a changed word, a held gate, other weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import columns, lines, marks
from rnn_core.figures.captions import number
from rnn_core.figures.picture import Legend, Picture
from rnn_core.figures.symbols import html
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES
from rnn_core.statistics import comparison

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Theme
    from rnn_core.recurrent.trace import LayerTrace

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]


def difference(
    one: LayerTrace,
    other: LayerTrace,
    key: str,
    tokens: Sequence[str],
    *,
    lang: str,
    theme: Theme,
    pairs: Sequence[tuple[int, int]] | None = None,
    glosses: Sequence[str] = (),
    suffix: str = "",
) -> Picture:
    """‖a_t − b_t‖ over the units of one quantity, at the words of the first run.

    Args:
        one: T steps × H units.
        other: the run that it is compared with.
        key: which quantity.
        tokens: the T words of the first run.
        lang: the reader's language.
        theme: light or dark, and how large.
        pairs: which steps belong together (`comparison.pairs`), where the runs read different words; without it each
            to its own, for runs of one length. A step without a partner is a gap.
        glosses: the words' meanings.
        suffix: for the picture's key.

    Raises:
        KiokuError: no such quantity, a batch, another number of words than steps, or runs that don't fit together.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    values, others = columns.matrix(one, key, words), other[key]
    together = _together(values, others, key, pairs)
    mine, theirs = ([step[side] for step in together] for side in (0, 1))
    gaps = comparison.distance(values[mine], others[theirs])  # (pairs,)
    shown = np.full(len(values), np.nan)  # (T,), NaN where a step has no partner
    shown[mine] = gaps
    tolerance = comparison.rounding(values, others)
    symbol, name = html(QUANTITIES[key].forms[one.cell].symbol), text(f"quantities.{key}.name", lang)
    norm = f"||{symbol} − {symbol}′||"
    title = text("figures.difference.title", lang, name=name)
    outliers = marks.Outliers.of(gaps, -np.inf, np.inf)
    return Picture(
        key=f"difference_{key}{suffix}",
        figure=_draw(shown, mine, (title, norm), theme.mark(one.cell), words, theme),
        title=title,
        finding=_finding(gaps, mine, tolerance, name, words) + outliers.said(lang),
        method=text("figures.difference.method", lang, units=values.shape[1], tolerance=number(tolerance)),
        legend=Legend(norm, None, marks=outliers.legend(lang)),
        table=columns.table(words, {text("figures.column.distance", lang): shown}),
    )


def _together(
    values: Array, others: Array, key: str, pairs: Sequence[tuple[int, int]] | None
) -> tuple[tuple[int, int], ...]:
    if others.ndim != 2 or others.shape[1] != values.shape[1] or (pairs is None and len(others) != len(values)):
        raise KiokuError("figure_runs", quantity=key, one=values.shape, other=others.shape)
    return tuple((step, step) for step in range(len(values))) if pairs is None else tuple(pairs)


def _draw(
    shown: Float64, paired: list[int], names: tuple[str, str], color: str, words: Words, theme: Theme
) -> go.Figure:
    gaps = shown[paired]
    _, high = lines.span(gaps, 0.0, 0.0)
    ends = (0.0, high or 1.0)
    axis, shelf = lines.value_axis(gaps, ends, theme)
    lost = np.zeros(len(shown))
    lost[paired] = gaps  # only a distance that isn't finite has a sign; a step without a partner is a plain gap
    below = words.margin(theme)
    title, norm = names
    style = {"name": title, "hovertemplate": f"%{{x}}<br>{norm} = %{{y:.5~g}}<extra></extra>"}
    return theme.draw(
        theme.height(lines.HEIGHT * 2 // 3) + below + theme.px(8),
        [lines.line(shown, color, theme) | style, *marks.on_shelf(lost, shelf, color, theme)],
        margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(8), "b": below},
        xaxis=words.axis(theme),
        yaxis=axis | {"title": {"text": title}},
    )


def _finding(gaps: Float64, paired: list[int], tolerance: float, name: str, words: Words) -> str:
    lang = words.lang
    first = comparison.first_apart(gaps, tolerance)
    if first is None:
        return text("figures.difference.none", lang, name=name)
    parted = text("figures.difference.first", lang, name=name, word=words.said(paired[first]))
    if not np.isfinite(gaps).any():
        return parted
    most, last = int(np.argmax(np.where(np.isfinite(gaps), gaps, -1))), len(gaps) - 1
    said = {"word": words.said(paired[most]), "most": number(float(gaps[most]))}
    if most == last:
        sizes = text("figures.difference.grows", lang, **said)
    else:
        end = {"last_word": words.said(paired[last]), "last": number(float(gaps[last]))}
        sizes = text("figures.difference.sizes", lang, **said, **end)
    return text("figures.join", lang, first=parted, second=sizes)
