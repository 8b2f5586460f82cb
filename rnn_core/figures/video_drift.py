"""How far predictions drift that are made from predictions, by how many frames ahead: a network and simple rules."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.by_horizon import NETWORK, Horizons, draw
from rnn_core.figures.captions import number
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Theme
    from rnn_core.quantities import Recurrent

HEIGHT = 240  # px of the plot


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
    titles = text("video_drift.ahead", lang), text("video_drift.axis", lang)
    return draw(Horizons(off, names, cell, (0.0, high), HEIGHT, 2, titles, 3 if theme.narrow else 1), theme)
