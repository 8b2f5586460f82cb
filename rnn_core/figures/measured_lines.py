"""Lines of numbers that were measured beforehand, named at their right ends; what the charts of /parallel share."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import lines
from rnn_core.figures.captions import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.figures.drawn import Drawn
    from rnn_core.figures.theme import Part, Theme

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


def draw(
    shown: Sequence[Line],
    across: str,
    upright: str,
    ends: tuple[float, float],
    theme: Theme,
    *,
    logarithmic: bool = True,
    names: float = NAMES,
    over: Sequence[Part] = (),
    marks: Sequence[Part] = (),
) -> Drawn:
    """The figure.

    Args:
        shown: the lines.
        across: the name of the level axis.
        upright: the name of the upright axis.
        ends: of the upright axis.
        theme: light or dark, and how large.
        logarithmic: whether the level axis is.
        names: px for the names at the right.
        over: labels.
        marks: traces that are no lines.
    """
    places = sorted({at for line in shown for at in line.known})
    low, high = (log2(places[0]), log2(places[-1])) if logarithmic else (places[0], places[-1])
    room = (high - low) * 0.03
    ticks = places if len(places) <= 8 else places[:: max(1, len(places) // 4)]
    level: Part = {"title": {"text": across}, "tickvals": list(ticks), "ticktext": [f"{at:,}" for at in ticks]}
    scale = np.log10(2) if logarithmic else 1.0
    level |= {"type": "log"} if logarithmic else {}
    level["range"], span = [float((low - room) * scale), float((high + room) * scale)], ends[1] - ends[0]
    tags = lines.names(
        [line.name for line in shown],
        [line.ink for line in shown],
        [list(line.known.values())[-1] for line in shown],
        ends,
        theme,
    )
    return theme.draw(
        theme.height(HEIGHT) + theme.px(60),
        [*marks, *(_trace(line, theme) for line in shown)],
        margin={"l": theme.px(8), "r": theme.px(names), "t": theme.px(12), "b": theme.px(52)},
        annotations=[*tags, *over],
        xaxis=level,
        yaxis={
            "range": [ends[0] - 0.05 * span, ends[1] + 0.05 * span],
            "showgrid": True,
            "nticks": 6,
            "title": {"text": upright},
        },
    )


def _trace(line: Line, theme: Theme) -> Part:
    values = line.known
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "meta": line.name,
        "x": np.array(list(values), np.int32),
        "y": np.array(list(values.values()), np.float64),
        "customdata": [number(value) for value in values.values()],
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
