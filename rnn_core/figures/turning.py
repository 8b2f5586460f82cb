"""Which tokens turned an answer, measured twice: what leaving one out does, and how far each reaches the last state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import columns
from rnn_core.figures.captions import joined, number, signed
from rnn_core.figures.feeling_kinds import kind_name
from rnn_core.figures.picture import Picture
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.models.feeling_reading import FeelingReading

HEIGHT = 230  # px of both panels
PANELS = ((0.55, 1.0), (0.0, 0.45))
ROOM = 12  # over the highest bar, as a part of all


def turning(reading: FeelingReading, *, lang: str, theme: Theme) -> Picture:
    """Two bars a token: above, how much less probable the answer is without it; below, its influence.

    Args:
        reading: the network on the text.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    tokens = reading.trace.tokens
    words = Words(tuple(token.text for token in tokens), tuple(token.gloss for token in tokens), lang)
    named = {text("turning.drop", lang): reading.drops, text("turning.influence", lang): reading.influence}
    return Picture(
        key="turning",
        figure=_draw(reading, tuple(named), words, theme),
        title=text("turning.title", lang),
        finding=_finding(reading, words),
        method=text("turning.method", lang),
        legend=None,
        table=columns.table(words, named),
    )


def _draw(reading: FeelingReading, names: tuple[str, ...], words: Words, theme: Theme) -> go.Figure:
    below = words.margin(theme)
    color = theme.mark(reading.trace.layers.cell)
    panels = zip((reading.drops, reading.influence), ("y", "y2"), names, strict=True)
    return theme.draw(
        theme.height(HEIGHT) + below,
        [_bars(values, axis, name, color) for values, axis, name in panels],
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(20), "b": below},
        annotations=[
            theme.label(f"<b>{name}</b>", x=0, xref="paper", xanchor="left", y=top, yref="paper", yanchor="bottom")
            for name, (_, top) in zip(names, PANELS, strict=True)
        ],
        xaxis={**words.axis(theme), "anchor": "y2"},
        yaxis={"domain": list(PANELS[0]), "range": _span(reading.drops), "nticks": 4, "zeroline": True}
        | {"zerolinecolor": theme["edge"]},
        yaxis2={"domain": list(PANELS[1]), "range": _span(reading.influence), "nticks": 4, "fixedrange": True}
        | {"tickfont": theme.font(token="muted"), "showgrid": False},
    )


def _span(values: np.ndarray) -> list[float]:
    """From 0, or what lies below it, to a little over the highest."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    room = (high - low or 1.0) / ROOM
    return [low - room * (low < 0), high + room]


def _bars(values: np.ndarray, axis: str, name: str, color: str) -> Part:
    return {
        "type": "bar",
        "name": name,
        "x": np.arange(1, len(values) + 1, dtype=np.int16),
        "y": values,
        "yaxis": axis,
        "marker": {"color": color},
        "hovertemplate": "%{x}<br>%{y:.3~g}<extra></extra>",
    }


def _finding(reading: FeelingReading, words: Words) -> str:
    """Which token each measure puts first, and whether both agree."""
    lang, drops = words.lang, reading.drops
    most = int(drops.argmax())
    kind = kind_name(reading.trace.reply.text, lang)
    if drops[most] > 0:
        said = text("turning.most", lang, word=words.said(most), feeling=kind, drop=signed(-float(drops[most])))
    else:
        said = text("turning.nothing", lang, feeling=kind)
    if np.isnan(reading.agreement):
        return said
    reach = words.said(int(reading.influence.argmax()))
    return joined([said, text("turning.reach", lang, word=reach, r=number(reading.agreement))], lang)
