"""The states of one text in the plane of the two first principal components, beside where the network stands still."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from rnn_core.figures.captions import number, percent
from rnn_core.figures.feeling_kinds import COLOURS, kind_name
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import LINES
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.models.feeling_reading import FeelingReading
    from rnn_core.training.planes import Plane

HEIGHT = 420
ROOM = 0.5  # round the points, in units of the states


def state_plane(
    reading: FeelingReading,
    path: Float[np.ndarray, "T 2"],
    without: tuple[int, Float[np.ndarray, "S 2"]] | None,
    plane: Plane,
    judged: str,
    *,
    lang: str,
    theme: Theme,
) -> Picture:
    """A dot for the final state of each of some texts, a diamond a slow point, and the path of this text.

    A dashed path is what becomes of it without one token.

    Args:
        reading: the network on the text.
        path: its states in the plane.
        without: a token (0-based), and the states of the text without it; None where nothing is left.
        plane: the network's.
        judged: what its slow points are, as `judge_slow_points` has it.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    tokens = tuple(token.text for token in reading.trace.tokens)
    kinds = reading.trace.outputs
    words = Words(tokens, tuple(token.gloss for token in reading.trace.tokens), lang)
    marks = (
        *(Mark("●", kind_name(kind, lang), _color(kind, theme)) for kind in kinds),
        *([Mark("◇", text("state_plane.slow", lang))] if plane["slow"] else []),
        *([Mark("┄", text("state_plane.without", lang, word=words.said(without[0])))] if without else []),
    )
    return Picture(
        key="state_plane",
        figure=_draw(reading, path, None if without is None else without[1], plane, lang, theme),
        title=text("state_plane.title", lang),
        finding=_finding(plane, judged, lang),
        method=text("state_plane.method", lang, searched=plane["searched"], length=number(plane["length"])),
        legend=Legend("", None, marks=marks),
        table=MappingProxyType(
            {
                text("figures.column.step", lang): tuple(range(1, len(tokens) + 1)),
                text("figures.column.word", lang): tokens,
                "PC 1": path[:, 0],
                "PC 2": path[:, 1],
                text("state_plane.told", lang): tuple(kind_name(kinds[k], lang) for k in reading.answers),
            }
        ),
    )


def axes_named(plane: Plane, lang: str) -> tuple[str, str]:
    """What the two directions are called, with the share of the states' variance along each."""
    one, two = (
        text("state_plane.axis", lang, number=place, share=percent(share, lang))
        for place, share in enumerate(plane["explained"], 1)
    )
    return one, two


def _color(kind: str, theme: Theme) -> str:
    return LINES[theme.mode][COLOURS[kind]]


def _draw(
    reading: FeelingReading,
    path: Float[np.ndarray, "T 2"],
    other: Float[np.ndarray, "S 2"] | None,
    plane: Plane,
    lang: str,
    theme: Theme,
) -> go.Figure:
    kinds, tokens = reading.trace.outputs, [token.text for token in reading.trace.tokens]
    colours = [_color(kinds[k], theme) for k in reading.answers]
    across, up = axes_named(plane, lang)
    places = np.array([*(point[:2] for point in plane["cloud"]), *path, *([] if other is None else other)])
    low, high = places.min(axis=0) - ROOM, places.max(axis=0) + ROOM
    return theme.draw(
        theme.height(HEIGHT),
        [
            _points(plane["cloud"], "circle", [_color(kinds[int(k)], theme) for *_, k in plane["cloud"]], 5, 0.5),
            _points(plane["slow"], "diamond-open", [theme["ink"]] * len(plane["slow"]), 8, 1.0),
            *([] if other is None else [_dashed(other, theme)]),
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": path[:, 0],
                "y": path[:, 1],
                "text": tokens,
                "line": theme.stroke(theme["ink"], 2),
                "marker": {"color": colours, "size": theme.px(10), "line": theme.stroke(theme["bg"], 1.5)},
                "hovertemplate": "%{text}<extra></extra>",
            },
        ],
        margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(12), "b": theme.px(48)},
        annotations=[
            theme.label(f"<b>{name}</b>", x=float(path[at, 0]), y=float(path[at, 1]), yshift=theme.px(12))
            for at, name in ((0, text("state_plane.first", lang)), (-1, text("state_plane.last", lang)))[: len(tokens)]
        ],
        xaxis={"title": {"text": across}, "range": [low[0], high[0]], "constrain": "domain"},
        yaxis={"title": {"text": up}, "range": [low[1], high[1]], "scaleanchor": "x"},
    )


def _dashed(path: Float[np.ndarray, "S 2"], theme: Theme) -> Part:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": path[:, 0],
        "y": path[:, 1],
        "hoverinfo": "skip",
        "line": theme.stroke(theme["muted"], 2, "dash"),
        "marker": theme.dot(theme["muted"], 5),
    }


def _points(
    points: Sequence[Sequence[float]], symbol: str, colours: Sequence[str], size: float, opacity: float
) -> Part:
    places = np.array([point[:2] for point in points]).reshape(-1, 2)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": places[:, 0],
        "y": places[:, 1],
        "hoverinfo": "skip",
        "opacity": opacity,
        "marker": {"symbol": symbol, "color": list(colours), "size": size},
    }


def _finding(plane: Plane, judged: str, lang: str) -> str:
    constants = [number(constant) for constant in (*plane["constants"], 0.0, 0.0)[:2]]
    return text(
        f"state_plane.judged.{judged}",
        lang,
        found=len(plane["slow"]),
        searched=plane["searched"],
        directions=plane["directions"],
        along=constants[0],
        across=constants[1],
        length=number(plane["length"]),
    )
