"""What is taken for what: how often something held out of one kind was told as another."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from rnn_core.figures import tiles
from rnn_core.figures.captions import percent
from rnn_core.figures.picture import Legend, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme

ROW = 38  # px a kind
What: TypeAlias = Literal["feelings", "digits"]


def confusion(
    counts: Sequence[Sequence[int]],
    shares: Float[np.ndarray, "K K"],
    names: Sequence[str],
    *,
    lang: str,
    theme: Theme,
    what: What = "feelings",
    chosen: tuple[int, int] | None = None,
) -> Picture:
    """A row a kind, a column an answer; the colour is the share of the row, the number the count.

    Args:
        counts: how many of each, (K, K).
        shares: of each row, (K, K).
        names: the K kinds, as the reader calls them.
        lang: the reader's language.
        theme: light or dark, and how large.
        what: is told.
        chosen: the cell that is marked: its row and its column.
    """
    columns: dict[str, tuple[object, ...]] = {text(f"confusion.{what}", lang): tuple(names)}
    columns |= {name: tuple(row[k] for row in counts) for k, name in enumerate(names)}
    return Picture(
        key="confusion",
        figure=_draw(np.array(counts), shares, names, chosen, lang, theme),
        title=text("confusion.title", lang),
        finding=_finding(counts, shares, names, what, lang),
        method=text(f"confusion.method.{what}", lang, of=sum(map(sum, counts))),
        legend=Legend(text("confusion.share", lang), tiles.SHARE, "0", "1"),
        table=MappingProxyType(columns),
    )


def _draw(
    counts: np.ndarray,
    shares: Float[np.ndarray, "K K"],
    names: Sequence[str],
    chosen: tuple[int, int] | None,
    lang: str,
    theme: Theme,
) -> go.Figure:
    places = np.arange(1, len(names) + 1, dtype=np.int16)
    rows, columns = np.nonzero(counts)
    axis = {"tickvals": places.tolist(), "ticktext": list(names), "tickfont": theme.font()}
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
            _targets(columns, rows, theme),
        ],
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": theme.px(72)},
        xaxis={**axis, "range": [0.5, len(names) + 0.5], "title": {"text": text("confusion.answer", lang)}},
        yaxis={**axis, "range": [len(names) + 0.5, 0.5]},
        shapes=[] if chosen is None else [_frame(chosen, theme)],
    )


def _targets(columns: np.ndarray, rows: np.ndarray, theme: Theme) -> Part:
    """An unseen square on each tile with a number, for a click to choose: a map has no points."""
    unseen = {"marker": {"opacity": 0, "symbol": "square", "size": theme.px(ROW - 4)}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": (columns + 1).astype(np.int16),
        "y": (rows + 1).astype(np.int16),
        "hoverinfo": "none",
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        **unseen,
    }


def _frame(chosen: tuple[int, int], theme: Theme) -> Part:
    row, column = (place + 1 for place in chosen)
    ends = {"x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5, "y1": row + 0.5}
    return {"type": "rect", **ends, "line": theme.stroke(theme["ink"], 3)}


def _finding(
    counts: Sequence[Sequence[int]], shares: Float[np.ndarray, "K K"], names: Sequence[str], what: What, lang: str
) -> str:
    """Of digits how many are right; of feelings the commonest mistake as a share of its feeling."""
    if what == "digits":
        return text("confusion.right", lang, right=int(np.trace(counts)), of=sum(map(sum, counts)))
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
