"""What is taken for what: how often a held-out text of one feeling was told as another."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import tiles
from rnn_core.figures.captions import percent
from rnn_core.figures.feeling_kinds import kind_name
from rnn_core.figures.margins import GAP, text_width
from rnn_core.figures.picture import Legend, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from jaxtyping import Float

    from rnn_core.figures.theme import Theme

ROW = 38  # px a feeling


def confusion(
    counts: Sequence[Sequence[int]], shares: Float[np.ndarray, "K K"], kinds: Sequence[str], *, lang: str, theme: Theme
) -> Picture:
    """A row a feeling, a column an answer; the colour is the share of the row, the number the count.

    Args:
        counts: how many texts, (K, K).
        shares: of each row, (K, K).
        kinds: the K feelings.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    names = [kind_name(kind, lang) for kind in kinds]
    columns: dict[str, tuple[object, ...]] = {text("confusion.feeling", lang): tuple(names)}
    columns |= {name: tuple(row[k] for row in counts) for k, name in enumerate(names)}
    return Picture(
        key="confusion",
        figure=_draw(np.array(counts), shares, names, lang, theme),
        title=text("confusion.title", lang),
        finding=_finding(counts, shares, names, lang),
        method=text("confusion.method", lang, texts=sum(map(sum, counts))),
        legend=Legend(text("confusion.share", lang), tiles.SHARE, "0", "1"),
        table=MappingProxyType(columns),
    )


def _draw(
    counts: np.ndarray, shares: Float[np.ndarray, "K K"], names: Sequence[str], lang: str, theme: Theme
) -> go.Figure:
    places = np.arange(1, len(names) + 1, dtype=np.int16)
    rows, columns = np.nonzero(counts)
    beside = theme.px(max(map(text_width, names)) + 2 * GAP)
    return theme.draw(
        theme.height(ROW * len(names)) + theme.px(88),
        [
            tiles.shares(shares, theme.px(2), theme, x=places, y=places, customdata=counts, hoverinfo="skip"),
            tiles.labels(
                columns + 1,
                rows + 1,
                [str(count) for count in counts[rows, columns]],
                shares[rows, columns],
                tiles.SHARE,
                theme,
            ),
        ],
        margin={"l": beside, "r": theme.px(8), "t": theme.px(8), "b": theme.px(72)},
        xaxis={
            **{"tickvals": places.tolist(), "ticktext": list(names), "tickfont": theme.font()},
            "range": [0.5, len(names) + 0.5],
            "title": {"text": text("confusion.answer", lang)},
        },
        yaxis={
            **{"tickvals": places.tolist(), "ticktext": list(names), "tickfont": theme.font()},
            "range": [len(names) + 0.5, 0.5],
        },
    )


def _finding(counts: Sequence[Sequence[int]], shares: Float[np.ndarray, "K K"], names: Sequence[str], lang: str) -> str:
    """The commonest mistake as a share of its feeling."""
    others = np.where(np.eye(len(names), dtype=bool), 0.0, np.nan_to_num(shares))
    if not others.any():
        return text("confusion.none", lang)
    row, column = (int(place) for place in np.unravel_index(others.argmax(), others.shape))
    return text(
        "confusion.most",
        lang,
        feeling=names[row],
        answer=names[column],
        share=percent(float(others[row, column]), lang),
        count=counts[row][column],
        of=sum(counts[row]),
    )
