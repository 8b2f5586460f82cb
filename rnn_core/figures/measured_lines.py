"""Lines of numbers that were measured beforehand, named at their right ends; what the charts of /parallel share."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import lines
from rnn_core.figures.captions import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rnn_core.figures.drawn import Drawn
    from rnn_core.figures.theme import Part, Theme

SOME = 8  # places that all have their number
HEIGHT, NAMES = 272, 128  # px of the plot, and what the names at its right take


@dataclass(frozen=True)
class Line:
    """One line: its name, how it looks, and its points; a point without a value is left out."""

    name: str
    color: str
    ink: str
    points: Mapping[int, float | None]
    dash: str = "solid"
    symbol: str = "circle"

    @property
    def known(self) -> dict[int, float]:
        """The points that have a value."""
        return {at: value for at, value in self.points.items() if value is not None}

    @property
    def last(self) -> float:
        """The value of the last of them."""
        return list(self.known.values())[-1]


def draw(
    shown: Sequence[Line],
    across: str,
    upright: str,
    ends: tuple[float, float],
    theme: Theme,
    *,
    logarithmic: bool = True,
    names: float = NAMES,
    marks: Sequence[Part] = (),
    write: Callable[[float], str] | None = None,
) -> Drawn:
    """The figure.

    Args:
        shown: the lines.
        across: the name of the level axis.
        upright: the name of the upright axis.
        ends: of the upright axis; exponents of 10 where there is a `write`.
        theme: light or dark, and how large.
        logarithmic: whether the level axis is.
        names: px for the names at the right.
        marks: traces that are no lines.
        write: a value as a reader sees it, on an upright axis that is logarithmic too.
    """
    known = [line for line in shown if line.known]
    tags = lines.names(
        [line.name for line in known],
        [line.ink for line in known],
        [log10(line.last) if write else line.last for line in known],
        ends,
        theme,
    )
    return theme.draw(
        theme.height(HEIGHT) + theme.px(60),
        [*marks, *(_trace(line, theme, write or number) for line in known)],
        margin={"l": theme.px(8), "r": theme.px(names), "t": theme.px(12), "b": theme.px(52)},
        annotations=tags,
        xaxis={"title": {"text": across}} | _level(known, logarithmic),
        yaxis={"title": {"text": upright}, "showgrid": True} | _upright(ends, write),
    )


def _level(shown: Sequence[Line], logarithmic: bool) -> Part:
    places = sorted({at for line in shown for at in line.known}) or [1, 2]
    low, high = (log10(places[0]), log10(places[-1])) if logarithmic else (places[0], places[-1])
    room = 0.03 * (high - low or 1)
    ticks = places if len(places) <= SOME else places[:: max(1, len(places) // 4)]
    axis: Part = {"tickvals": list(ticks), "ticktext": [f"{at:,}" for at in ticks], "range": [low - room, high + room]}
    return axis | ({"type": "log"} if logarithmic else {})


def _upright(ends: tuple[float, float], write: Callable[[float], str] | None) -> Part:
    room = 0.05 * (ends[1] - ends[0])
    axis: Part = {"range": [ends[0] - room, ends[1] + room]}
    if write is None:
        return axis | {"nticks": 6}
    powers = [10.0**power for power in range(round(ends[0]), round(ends[1]) + 1)]
    return axis | {"type": "log", "tickvals": powers, "ticktext": [write(power) for power in powers]}


def _trace(line: Line, theme: Theme, write: Callable[[float], str]) -> Part:
    values = line.known
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "meta": line.name,
        "x": np.array(list(values), np.int32),
        "y": np.array(list(values.values()), np.float64),
        "customdata": [write(value) for value in values.values()],
        "cliponaxis": False,
        "line": theme.stroke(line.color, 2.5, line.dash),
        "marker": theme.dot(line.color, 8, line.symbol, width=1.5),
        "hovertemplate": f"%{{x}}<br>{line.name}: %{{customdata}}<extra></extra>",
    }


def table(shown: Sequence[Line], across: str) -> dict[str, tuple[object, ...]]:
    """A row a place, a column a line; "–" where it has no value."""
    places = sorted({at for line in shown for at in line.points})
    columns: dict[str, tuple[object, ...]] = {across: tuple(places)}
    return columns | {line.name: tuple(line.known.get(at, "–") for at in places) for line in shown}
