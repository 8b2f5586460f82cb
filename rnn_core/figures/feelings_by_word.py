"""What two sentiment networks say of one sentence at each of its words: in one direction, and in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import columns, tiles
from rnn_core.figures.captions import joined, percent
from rnn_core.figures.feeling_kinds import kind_name
from rnn_core.figures.margins import GAP, text_width
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.tasks.sentiment import FEELINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.models.sentiment import SentimentPrediction
    from rnn_core.tasks.smalltalk import Sentiment

    Array = NDArray[np.floating]

ROW, FEW = 34, 24  # px a feeling; words up to which gaps are wide
HEAD, MARKS = 0.9, 0.7  # rows that a network's name takes, and that the marks under the first name take
MEASURED = "▼"


def feelings_by_word(
    at_each: Sequence[SentimentPrediction],
    after: Sequence[SentimentPrediction],
    *,
    lang: str,
    theme: Theme,
    glosses: Sequence[str] = (),
) -> Picture:
    """Three rows a network: the probability of each feeling, asked at each word of the whole sentence.

    Over the first network's a mark stands at the word from which on it stays with its answer.

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
        figure=_draw(shares, at_each, words, theme),
        title=text("feelings_by_word.title", lang),
        finding=_finding(at_each, after, words),
        method=text("feelings_by_word.method", lang),
        legend=Legend("<i>p</i>", tiles.SHARE, "0", "1", (Mark(MEASURED, text("feelings_by_word.settled", lang)),)),
        table=columns.table(words, dict(zip(names, shares, strict=True))),
    )


def _name(one: SentimentPrediction, feeling: Sentiment, lang: str) -> str:
    """A row as the table calls it."""
    return text("feelings_by_word.row", lang, network=_network(one, lang), feeling=kind_name(feeling, lang))


def _network(one: SentimentPrediction, lang: str) -> str:
    return text(f"feelings.directions.{one.spec.directions}", lang)


def _draw(
    shares: Array,
    networks: Sequence[SentimentPrediction],
    words: Words,
    theme: Theme,
) -> go.Figure:
    half = len(FEELINGS)
    group = np.arange(len(shares)) // half
    rows = np.arange(len(shares)) + HEAD * (group + 1) + MARKS
    gap = theme.px(2 if len(words.tokens) <= FEW else 1)
    names = [kind_name(feeling, words.lang) for feeling in FEELINGS] * len(networks)
    beside = theme.px(max(map(text_width, names)) + 2 * GAP)
    below = words.margin(theme, beside)
    heads = [
        theme.label(f"<b>{_network(one, words.lang)}</b>", x=0, xref="paper", y=y, xanchor="left", yanchor="middle")
        for one, y in zip(networks, (HEAD / 2 - 0.5, float(rows[half]) - 0.5 - HEAD / 2), strict=True)
    ]
    return theme.draw(
        theme.height(ROW * (float(rows[-1]) + 1)) + below + theme.px(8),
        [_cells(shares[at : at + half], rows[at : at + half], gap, theme) for at in range(0, len(rows), half)]
        + [_mark(networks[0].settled, theme)],
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": below},
        annotations=heads,
        xaxis=words.axis(theme, beside),
        yaxis={
            "tickvals": rows.tolist(),
            "ticktext": names,
            "tickfont": theme.font(),
            "range": [float(rows[-1]) + 0.5, -0.5],
        },
    )


def _mark(place: int, theme: Theme) -> Part:
    """The mark over a word of the first network."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([place + 1], np.int16),
        "y": np.array([HEAD + MARKS / 2 - 0.5]),
        "hoverinfo": "skip",
        "marker": theme.dot(theme["ink"], 9, "triangle-down", width=2),
    }


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
    parts = [
        text(
            "feelings_by_word.since",
            lang,
            network=_network(one, lang),
            feeling=kind_name(one.feeling(-1), lang),
            word=words.said(one.settled),
        )
        for one in at_each
    ]
    answers = (
        text(
            "feelings_by_word.answer",
            lang,
            network=_network(one, lang),
            feeling=kind_name(one.feeling(-1), lang),
            share=percent(float(one.shares[-1].max()), lang),
        )
        for one in after
    )
    parts.append(text("feelings_by_word.after", lang, answers=text("figures.list", lang).join(answers)))
    return joined(parts, lang)
