"""Which state carries a word: what each group of units restores when it is taken over after each word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import columns, marks
from rnn_core.figures.captions import percent
from rnn_core.figures.picture import Picture
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rnn_core.figures.drawn import Drawn
    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Scale

    Array = NDArray[np.floating]

ROW = 30  # px
SCALE: Scale = "share"
LIMITS = (0.0, 1.0)
SAME = 5e-4  # shares that are written alike


def carried(
    restored: Array,
    groups: Sequence[Sequence[int]],
    tokens: Sequence[str],
    *,
    of: int,
    shares: tuple[float, float],
    lang: str,
    theme: Theme,
    glosses: Sequence[str] = (),
) -> Picture:
    """A column a word, a row a group of units; the first row is all of them.

    Args:
        restored: (T, groups), the share of the difference between both sentences that returns.
        groups: the units of each row, 0-based; first all of them.
        tokens: the words of the sentence from which states are taken.
        of: which of the words is another one in the other sentence, 0-based.
        shares: the probability of the reply in the one and in the other.
        lang: the reader's language.
        theme: light or dark, and how large.
        glosses: the words' meanings.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    names = [text("carried.all", lang), *(_named(group) for group in groups[1:])]
    values = columns.matrix({"restored": restored}, "restored", words)
    outliers = marks.Outliers.of(np.round(values / SAME) * SAME, *LIMITS)
    before, after = (percent(share, lang) for share in shares)
    return Picture(
        key="restored",
        figure=_draw(values, names, outliers, words, theme),
        title=text("carried.title", lang, word=words.said(of)),
        finding=_finding(values, groups, words),
        method=text("carried.method", lang, before=before, after=after),
        legend=marks.legend(text("carried.symbol", lang), SCALE, LIMITS, outliers, lang),
        table=columns.table(words, {_of(row, groups, lang): values[:, row] for row in range(len(groups))}),
    )


def _named(group: Sequence[int]) -> str:
    """The numbers of neighbouring units.

    Example:
        >>> _named((2, 3)), _named((4,))
        ('3–4', '5')
    """
    return f"{group[0] + 1}–{group[-1] + 1}" if len(group) > 1 else f"{group[0] + 1}"


def _of(row: int, groups: Sequence[Sequence[int]], lang: str) -> str:
    """What the units of a row are called in a sentence."""
    if not row:
        return text("carried.all", lang)
    if len(groups[row]) == 1:
        return columns.unit_name(groups[row][0], lang)
    return text("carried.units", lang, units=_named(groups[row]))


def _finding(values: Array, groups: Sequence[Sequence[int]], words: Words) -> str:
    """Which group alone restores most."""
    parts = np.round(values[:, 1:] / SAME) * SAME  # of equal ones the earliest
    step, row = np.unravel_index(int(parts.argmax()), parts.shape)
    if parts[step, row] <= 0:
        return text("carried.none", words.lang)
    units, share = _of(1 + int(row), groups, words.lang), percent(float(values[step, 1 + row]), words.lang)
    return text("carried.finding", words.lang, units=units, word=words.said(int(step)), share=share)


def _draw(values: Array, names: Sequence[str], outliers: marks.Outliers, words: Words, theme: Theme) -> Drawn:
    rows = np.arange(len(names), dtype=np.int16)
    cells: Part = {
        "type": "heatmap",
        "z": values.T.astype(np.float32),
        "x": np.arange(1, len(values) + 1, dtype=np.int16),
        "y": rows,
        "zmin": LIMITS[0],
        "zmax": LIMITS[1],
        "colorscale": theme.colorscale(SCALE),
        "showscale": False,
        "xgap": theme.px(2),
        "ygap": theme.px(2),
        "hovertemplate": "%{x}<br>%{y}: %{z:.0%}<extra></extra>",
    }
    frame = {"showline": True, "mirror": True, "linecolor": theme["edge"], "linewidth": theme.px(1)}
    below, above = words.margin(theme), theme.px(8)
    return theme.draw(
        theme.height(ROW * len(names)) + below + above,
        [cells, *outliers.traces(theme, SCALE, 7.0)],
        margin={"l": theme.px(8), "r": theme.px(8), "t": above, "b": below},
        xaxis=words.axis(theme) | frame,
        yaxis=frame
        | {
            "tickmode": "array",
            "tickvals": rows,
            "ticktext": names,
            "range": [len(names) - 0.5, -0.5],
            "title": {"text": text("figures.units", words.lang)},
        },
    )
