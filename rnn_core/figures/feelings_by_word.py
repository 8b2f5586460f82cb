"""What two sentiment networks say of one sentence at each of its words: in one direction, and in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import columns, tiles
from rnn_core.figures.captions import joined, percent
from rnn_core.figures.margins import GAP, text_width
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.tasks.sentiment import FEELINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.models.sentiment import SentimentPrediction
    from rnn_core.tasks.smalltalk import Sentiment

    Array = NDArray[np.floating]

ROW, FEW = 34, 24  # px a feeling; words up to which gaps are wide
HEAD, MARKS = 0.9, 0.7  # rows that a network's name takes, and that the marks under the first name take
GUESSED, MEASURED = ("◇", "diamond-open"), ("▼", "triangle-down")


def feelings_by_word(
    at_each: Sequence[SentimentPrediction],
    after: Sequence[SentimentPrediction],
    *,
    lang: str,
    theme: Theme,
    guess: int | None = None,
    glosses: Sequence[str] = (),
) -> Picture:
    """Three rows a network: the probability of each feeling, asked at each word of the whole sentence.

    Over the first network's a mark stands at the word from which on it stays with its answer, and one at the guess.

    Args:
        at_each: one direction and two, asked at each word.
        after: one direction and two, asked after the sentence; the finding quotes them.
        lang: the reader's language.
        theme: light or dark, and how large.
        guess: the word (0-based) that the reader guessed.
        glosses: the words' meanings.
    """
    words = Words(at_each[0].tokens, tuple(glosses), lang)
    shares = np.concatenate([one.shares.T for one in at_each])  # (networks · 3, T)
    names = [_name(one, feeling, lang) for one in at_each for feeling in FEELINGS]
    places = {MEASURED: at_each[0].settled} | ({} if guess is None else {GUESSED: guess})
    marks = [Mark(MEASURED[0], text("feelings_by_word.settled", lang))]
    marks += [] if guess is None else [Mark(GUESSED[0], text("feelings_by_word.guess", lang))]
    return Picture(
        key="feelings_by_word",
        figure=_draw(shares, at_each, places, words, theme),
        title=text("feelings_by_word.title", lang),
        finding=_finding(at_each, after, words),
        method=text("feelings_by_word.method", lang),
        legend=Legend("<i>p</i>", tiles.SHARE, "0", "1", tuple(marks)),
        table=columns.table(words, dict(zip(names, shares, strict=True))),
    )


def _name(one: SentimentPrediction, feeling: Sentiment, lang: str) -> str:
    """A row as the table calls it."""
    return text("feelings_by_word.row", lang, network=_network(one, lang), feeling=_feeling(feeling, lang))


def _network(one: SentimentPrediction, lang: str) -> str:
    return text(f"feelings.directions.{one.spec.directions}", lang)


def _feeling(feeling: Sentiment, lang: str) -> str:
    return text(f"feelings_by_word.{feeling}", lang)


def _draw(
    shares: Array,
    networks: Sequence[SentimentPrediction],
    places: Mapping[tuple[str, str], int],
    words: Words,
    theme: Theme,
) -> go.Figure:
    half = len(FEELINGS)
    group = np.arange(len(shares)) // half
    rows = np.arange(len(shares)) + HEAD * (group + 1) + MARKS
    gap = theme.px(2 if len(words.tokens) <= FEW else 1)
    names = [_feeling(feeling, words.lang) for feeling in FEELINGS] * len(networks)
    beside = theme.px(max(map(text_width, names)) + 2 * GAP)
    below = words.margin(theme, beside)
    heads = [
        theme.label(f"<b>{_network(one, words.lang)}</b>", x=0, xref="paper", y=y, xanchor="left", yanchor="middle")
        for one, y in zip(networks, (HEAD / 2 - 0.5, float(rows[half]) - 0.5 - HEAD / 2), strict=True)
    ]
    return theme.draw(
        theme.height(ROW * (float(rows[-1]) + 1)) + below + theme.px(8),
        [_cells(shares[at : at + half], rows[at : at + half], gap, theme) for at in range(0, len(rows), half)]
        + [_mark(place, symbol, theme) for (_, symbol), place in places.items()],
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


def _mark(place: int, symbol: str, theme: Theme) -> Part:
    """A mark over a word of the first network; the guess is drawn round what was measured, where they agree."""
    size = 16 if symbol == GUESSED[1] else 9
    return {
        "type": "scatter",
        "mode": "markers",
        "name": symbol,
        "x": np.array([place + 1], np.int16),
        "y": np.array([HEAD + MARKS / 2 - 0.5]),
        "hoverinfo": "skip",
        "marker": theme.dot(theme["ink"], size, symbol, width=2),
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
            feeling=_feeling(one.feeling(-1), lang),
            word=words.said(one.settled),
        )
        for one in at_each
    ]
    answers = (
        text(
            "feelings_by_word.answer",
            lang,
            network=_network(one, lang),
            feeling=_feeling(one.feeling(-1), lang),
            share=percent(float(one.shares[-1].max()), lang),
        )
        for one in after
    )
    parts.append(text("feelings_by_word.after", lang, answers=text("figures.list", lang).join(answers)))
    return joined(parts, lang)
