"""How far predictions drift that are made from predictions, by how many frames ahead: a network and simple rules."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import lines
from rnn_core.figures.captions import number
from rnn_core.figures.margins import LABEL
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Picture
from rnn_core.figures.theme import DASHES, LINES, SYMBOLS
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Recurrent

HEIGHT, NAMES, FOOT = 240, 176, 52  # px of the plot, what the names at its right take, and what stands below
NETWORK = "network"


def video_drift(off: Mapping[str, Sequence[float]], clips: int, cell: Recurrent, *, lang: str, theme: Theme) -> Picture:
    """The distance of the centres by the number of frames ahead.

    Args:
        off: who → the mean distance, in pixels, after 1 … K frames; the network's under `NETWORK`.
        clips: over how many clips.
        cell: what the network is made of.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    names = {who: called(cell, lang) if who == NETWORK else text(f"video_drift.{who}", lang) for who in off}
    ahead = np.arange(1, len(off[NETWORK]) + 1)
    return Picture(
        key="video_drift",
        figure=_draw(off, names, cell, lang, theme),
        title=text("video_drift.title", lang),
        finding=_finding(off, names, lang),
        method=text("video_drift.method", lang, clips=clips),
        legend=None,
        table=MappingProxyType(
            {text("video_drift.ahead", lang): ahead} | {names[who]: np.array(values) for who, values in off.items()}
        ),
    )


def _finding(off: Mapping[str, Sequence[float]], names: Mapping[str, str], lang: str) -> str:
    """The network's first and last distance, and who is nearest at the end."""
    ours, last = off[NETWORK], len(off[NETWORK])
    said = text(
        "video_drift.finding", lang, first=number(ours[0]), last=number(ours[-1]), count=last, name=names[NETWORK]
    )
    best = min(off, key=lambda who: off[who][-1])
    if best == NETWORK:
        return said
    other = text("video_drift.nearest", lang, name=names[best], off=number(off[best][-1]))
    return text("figures.join", lang, first=said, second=other)


def _draw(
    off: Mapping[str, Sequence[float]], names: Mapping[str, str], cell: Recurrent, lang: str, theme: Theme
) -> go.Figure:
    high = max(value for values in off.values() for value in values) * 1.1 or 1.0
    ahead = len(off[NETWORK])
    colors = {who: _color(who, place, cell, theme) for place, who in enumerate(off)}
    gap = high * theme.px(LABEL * 1.4) / theme.height(HEIGHT)
    places = lines.spread([values[-1] for values in off.values()], gap, 0.0, high)
    labels = [
        theme.label(
            f"<b>{names[who]}</b>" if who == NETWORK else names[who],
            theme.text(cell) if who == NETWORK else colors[who],
            **{"x": ahead, "xanchor": "left", "xshift": theme.px(9), "y": at, "yanchor": "middle"},
        )
        for who, at in zip(off, places, strict=True)
    ]
    return theme.draw(
        theme.height(HEIGHT) + theme.px(FOOT),
        [_line(who, values, names[who], colors[who], place, theme) for place, (who, values) in enumerate(off.items())],
        margin={"l": theme.px(8), "r": theme.px(NAMES), "t": theme.px(12), "b": theme.px(FOOT)},
        annotations=labels,
        xaxis={
            "range": [0.7, ahead + 0.2],
            "tickvals": list(range(1, ahead + 1, 3 if theme.narrow else 1)),
            "title": {"text": text("video_drift.ahead", lang)},
        },
        yaxis={"range": [0, high], "showgrid": True, "title": {"text": text("video_drift.axis", lang)}},
    )


def _color(who: str, place: int, cell: Recurrent, theme: Theme) -> str:
    return theme.mark(cell) if who == NETWORK else LINES[theme.mode][place % len(LINES[theme.mode])]


def _line(who: str, values: Sequence[float], name: str, color: str, place: int, theme: Theme) -> Part:
    ours = who == NETWORK
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "meta": who,
        "x": np.arange(1, len(values) + 1, dtype=np.int16),
        "y": np.array(values, np.float64),
        "line": theme.stroke(color, 3 if ours else 1.75, "solid" if ours else DASHES[1 + place % (len(DASHES) - 1)]),
        "marker": theme.dot(color, 9 if ours else 7, SYMBOLS[place % len(SYMBOLS)]),
        "hovertemplate": f"%{{x}}: %{{y:.2f}}<extra>{name}</extra>",
    }
