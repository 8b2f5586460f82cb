"""What two sentiment networks say of one sentence at each of its words: in one direction, and in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import columns, tiles
from rnn_core.figures.captions import joined, percent
from rnn_core.figures.margins import GAP, text_width
from rnn_core.figures.picture import Legend, Picture
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.tasks.sentiment import FEELINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.models.sentiment import SentimentPrediction

    Array = NDArray[np.floating]

ROW, FEW, APART = 34, 24, 0.6  # px a feeling; words up to which gaps are wide; rows between the two networks


def feelings_by_word(
    at_each: Sequence[SentimentPrediction],
    after: Sequence[SentimentPrediction],
    *,
    lang: str,
    theme: Theme,
    glosses: Sequence[str] = (),
) -> Picture:
    """Three rows a network: the probability of each feeling, asked at each word of the whole sentence.

    Args:
        at_each: one direction and two, asked at each word.
        after: one direction and two, asked after the sentence; the finding quotes them.
        lang: the reader's language.
        theme: light or dark, and how large.
        glosses: the words' meanings.
    """
    words = Words(at_each[0].tokens, tuple(glosses), lang)
    shares = np.concatenate([one.shares.T for one in at_each])  # (networks · 3, T)
    names = [_name(one, feeling, lang) for one in at_each for feeling in FEELINGS]
    return Picture(
        key="feelings_by_word",
        figure=_draw(shares, names, words, theme),
        title=text("feelings_by_word.title", lang),
        finding=_finding(at_each, after, words),
        method=text("feelings_by_word.method", lang),
        legend=Legend("<i>p</i>", tiles.SHARE, "0", "1"),
        table=columns.table(words, dict(zip(names, shares, strict=True))),
    )


def _name(one: SentimentPrediction, feeling: str, lang: str) -> str:
    network = text(f"feelings.directions.{one.spec.directions}", lang)
    return text("feelings_by_word.row", lang, network=network, feeling=text(f"feelings_by_word.{feeling}", lang))


def _draw(shares: Array, names: Sequence[str], words: Words, theme: Theme) -> go.Figure:
    rows = np.arange(len(shares)) + APART * (np.arange(len(shares)) // len(FEELINGS))
    gap = theme.px(2 if len(words.tokens) <= FEW else 1)
    beside = theme.px(max(map(text_width, names)) + 2 * GAP)
    below = words.margin(theme, beside)
    half = len(FEELINGS)
    cells = [
        _cells(shares[first : first + half], rows[first : first + half], gap, theme)
        for first in range(0, len(rows), half)
    ]
    return theme.draw(
        theme.height(ROW * (len(rows) + 1)) + below + theme.px(8),
        cells,
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": below},
        xaxis=words.axis(theme, beside),
        yaxis={
            "tickvals": rows.tolist(),
            "ticktext": list(names),
            "tickfont": theme.font(),
            "range": [float(rows[-1]) + 0.5, -0.5],
        },
    )


def _cells(shares: Array, rows: NDArray[np.float64], gap: float, theme: Theme) -> Part:
    return tiles.shares(
        shares,
        gap,
        theme,
        x=np.arange(1, shares.shape[1] + 1, dtype=np.int16),
        y=rows,
        hovertemplate="%{x}<br>%{y}<br>%{z:.3~g}<extra></extra>",
    )


def _finding(at_each: Sequence[SentimentPrediction], after: Sequence[SentimentPrediction], words: Words) -> str:
    """From which word on each network says what it says at the last one, then what is said after the sentence."""
    lang = words.lang
    parts = []
    for one in at_each:
        said = one.shares.argmax(axis=1)
        other = np.flatnonzero(said != said[-1])
        since = int(other[-1]) + 1 if other.size else 0
        parts.append(
            text(
                "feelings_by_word.since",
                lang,
                network=text(f"feelings.directions.{one.spec.directions}", lang),
                feeling=text(f"feelings_by_word.{FEELINGS[int(said[-1])]}", lang),
                word=words.said(since),
            )
        )
    answers = (
        text(
            "feelings_by_word.answer",
            lang,
            network=text(f"feelings.directions.{one.spec.directions}", lang),
            feeling=text(f"feelings_by_word.{FEELINGS[int(one.shares[-1].argmax())]}", lang),
            share=percent(float(one.shares[-1].max()), lang),
        )
        for one in after
    )
    parts.append(text("feelings_by_word.after", lang, answers=text("figures.list", lang).join(answers)))
    return joined(parts, lang)
