"""How good the networks are on digits that they never saw, beside what needs no network, and where one fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.uses import worth
from pages._chapters.video import computed, strip
from pages._ui import blocks
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.figures import Measured
from rnn_core.messages import text
from rnn_core.quantities import CELLS
from rnn_core.statistics.forecasts import Interval
from rnn_core.tasks.video.baselines import BASELINES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages._ui.shell import View
    from rnn_core.quantities import Recurrent


def shown(view: View, *, answered: bool) -> None:
    """The block; once the guess is made with the frame that is predicted worst."""
    drawn = memoized(
        figures.worth,
        lines(strip.cell(view), view.lang),
        measure=text("video.measure", view.lang),
        method=text("video.measured", view.lang, clips=computed.clips()),
        share=False,
        most_is_best=False,
        **view.style,
    )
    cell = strip.cell(view)
    worth.how_good(view, drawn, fails(cell, view.lang))
    if answered:
        frame = computed.entry(cell)["worst"][1] + 1
        blocks.picture(view, memoized(figures.video_worst, *computed.worst(cell), frame, cell, **view.style))


def lines(cell: Recurrent, lang: str) -> tuple[Measured, ...]:
    """Networks and baselines, the best first."""
    networks = [(one, thousandths(computed.entry(one)["error"])) for one in CELLS]
    found = [
        Measured(figures.called(one, lang), mean, low, high, one, one == cell) for one, (low, mean, high) in networks
    ]
    rules = computed.manifest()["baselines"]
    for name in BASELINES:
        low, mean, high = thousandths(rules[name]["error"])
        found.append(Measured(text(f"video_drift.{name}", lang), mean, low, high))
    return tuple(sorted(found, key=lambda line: line.value))


def thousandths(ends: Iterable[float]) -> Interval:
    """An error with the ends of its interval, so large that two decimals say it."""
    return Interval(*(1000 * end for end in ends))


def fails(cell: Recurrent, lang: str) -> str:
    """The frame of the held-out clips that is predicted worst."""
    clip, step, error = computed.entry(cell)["worst"]
    mean = computed.entry(cell)["error"][1]
    return text("video.worst", lang, clip=clip + 1, frame=step + 1, error=f"{error:.3f}", times=f"{error / mean:.1f}")
