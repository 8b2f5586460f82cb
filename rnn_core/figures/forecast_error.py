"""How far forecasts are off, by how many steps ahead: a network beside what needs none."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rnn_core.figures.by_horizon import NETWORK, Horizons, draw
from rnn_core.figures.captions import hundredths
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Recurrent

HEIGHT = 300  # px of the plot
ROOM = 0.12  # of the axis, above and below the lines
GUESS = "▶"


class Errors(NamedTuple):
    """What a network is worth beside the baselines, for 1 … K steps ahead.

    Attributes:
        errors: who → its mean absolute errors; the network's under `NETWORK`.
        gains: who → by how much less the network is off: low, mean, high of a 95 % interval, each.
        tested: how many forecasts one step ahead were measured.
        unit: of an error.
    """

    errors: Mapping[str, Sequence[float]]
    gains: Mapping[str, Sequence[tuple[float, float, float]]]
    tested: int
    unit: str


def forecast_error(
    found: Errors, cell: Recurrent, *, lang: str, theme: Theme, guess: float | None = None, key: str = "forecast_error"
) -> Picture:
    """The mean absolute error by the number of steps ahead.

    Args:
        found: what was measured.
        cell: what the network is made of.
        lang: the reader's language.
        theme: light or dark, and how large.
        guess: the error one step ahead that a reader expects of the network.
        key: of the chart.
    """
    names = {who: _name(who, cell, lang) for who in found.errors}
    guessed = (Mark(GUESS, text("forecast_error.guess", lang)),) if guess is not None else ()
    return Picture(
        key=key,
        figure=_draw(found, names, cell, guess, lang, theme),
        title=text("forecast_error.title", lang, unit=found.unit),
        finding=_finding(found, names, lang),
        method=text("forecast_error.method", lang, tested=f"{found.tested:,}"),
        legend=Legend("", None, marks=guessed) if guessed else None,
        table=_table(found, names, lang),
    )


def _name(who: str, cell: Recurrent, lang: str) -> str:
    return called(cell, lang) if who == NETWORK else text(f"forecast_error.{who}", lang)


def _draw(
    found: Errors, names: Mapping[str, str], cell: Recurrent, guess: float | None, lang: str, theme: Theme
) -> go.Figure:
    every = [value for errors in found.errors.values() for value in errors] + ([] if guess is None else [guess])
    low, high = min(every), max(every)
    room = (high - low) * ROOM or 1.0
    marks: list[Part] = []
    if guess is not None:
        marks.append(theme.label(GUESS, "ink", x=1, y=guess, xanchor="right", yanchor="middle", xshift=-theme.px(6)))
    titles = text("forecast_error.ahead", lang), text("forecast_error.axis", lang)
    return draw(Horizons(found.errors, names, cell, (low - room, high + room), HEIGHT, 3, titles), theme, marks)


def _finding(found: Errors, names: Mapping[str, str], lang: str) -> str:
    """One step ahead against persistence, with the interval; and who is best the farthest ahead."""
    ours, theirs = found.errors[NETWORK][0], found.errors["persistence"][0]
    low, _, high = found.gains["persistence"][0]
    which = "less" if low > 0 else "more" if high < 0 else "same"
    share = hundredths(abs(theirs - ours) / theirs) if theirs else "0"
    values = {"ours": f"{ours:.2f}", "theirs": f"{theirs:.2f}", "unit": found.unit, "share": share}
    first = text(f"forecast_error.finding.{which}", lang, name=names[NETWORK], **values)
    ahead = len(found.errors[NETWORK])
    best = min(found.errors, key=lambda who: found.errors[who][-1])
    if best == NETWORK:
        return first
    last = text("forecast_error.finding.last", lang, ahead=ahead, best=names[best])
    return text("figures.join", lang, first=first, second=last)


def _table(found: Errors, names: Mapping[str, str], lang: str) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    ahead = np.arange(1, len(found.errors[NETWORK]) + 1)
    columns: dict[str, tuple[object, ...] | np.ndarray] = {text("forecast_error.ahead", lang): ahead}
    columns |= {names[who]: np.array(errors) for who, errors in found.errors.items()}
    for who, rows in found.gains.items():
        for place, end in enumerate(("low", "high")):
            head = text(f"forecast_error.gain.{end}", lang, name=names[who])
            columns[head] = np.array([row[2 * place] for row in rows])
    return MappingProxyType(columns)
