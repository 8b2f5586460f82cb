"""How well each of the first six words can be read back from h₆, a line a cell."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import lines
from rnn_core.figures.captions import percent
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Theme
    from rnn_core.quantities import Cell

BESIDE = 148  # px: the names beside the lines


def words_read_back(
    shares: Mapping[Cell, tuple[float, ...]], chance: tuple[float, ...], hidden: int, *, lang: str, theme: Theme
) -> Picture:
    """The share of held-out sentences in which each word is read back from the last state.

    Args:
        shares: cell → the share for the first word, the second, …; the first cell's are those of the finding.
        chance: the same for whoever names the commonest word.
        hidden: H of the networks.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    cell, first = next(iter(shares.items()))
    said = {"first": percent(first[0], lang), "last": percent(first[-1], lang)}
    by_name = {called(cell, lang): values for cell, values in shares.items()}
    by_name[text("words_read_back.chance", lang)] = chance
    return Picture(
        key="words_read_back",
        figure=_draw(shares, chance, lang, theme),
        title=text("words_read_back.title", lang),
        finding=text("words_read_back.finding", lang, cell=called(cell, lang), hidden=hidden, **said),
        method=text("words_read_back.method", lang),
        legend=None,
        table=MappingProxyType(
            {text("words_read_back.place", lang): tuple(range(1, len(chance) + 1)), **by_name},
        ),
    )


def _draw(shares: Mapping[Cell, tuple[float, ...]], chance: tuple[float, ...], lang: str, theme: Theme) -> go.Figure:
    rows = [(called(cell, lang), theme.mark(cell), theme.text(cell), values) for cell, values in shares.items()]
    rows.append((text("words_read_back.chance", lang), theme["muted"], theme["muted"], chance))
    traces = []
    for (name, color, _, values), dash in zip(rows, (*("solid",) * len(shares), "dot"), strict=True):
        hover = "%{x}: %{y:.0%}<extra>%{fullData.name}</extra>"
        traces.append({**lines.line(np.array(values), color, theme, dash), "name": name, "hovertemplate": hover})
    places = range(1, len(chance) + 1)
    return theme.draw(
        theme.height(lines.HEIGHT) + theme.px(44),
        traces,
        margin={"l": theme.px(8), "r": theme.px(BESIDE), "t": theme.px(8), "b": theme.px(36)},
        annotations=lines.names(
            [name for name, *_ in rows],
            [ink for _, _, ink, _ in rows],
            [values[-1] for *_, values in rows],
            (0.0, 1.0),
            theme,
        ),
        xaxis={
            "range": [0.8, len(chance) + 0.2],
            "tickvals": list(places),
            "ticktext": [text("words_read_back.nth", lang, place=place) for place in places],
        },
        yaxis={
            "range": [0, 1.02],
            "tickformat": ".0%",
            "showgrid": True,
            "title": {"text": text("words_read_back.share", lang)},
        },
    )
