"""How long scan, loops and Transformer took for T words on this machine: forward and backward, as measured."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.figures import measured_lines
from rnn_core.figures.captions import number
from rnn_core.figures.measured_lines import Line
from rnn_core.figures.picture import Picture
from rnn_core.figures.time_by_length import written
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.figures.theme import Theme
    from rnn_core.models.scan_timing import ScanPoint, Timed

ORDER: tuple[Timed, ...] = ("rnn", "lstm", "gru", "scan", "loop", "transformer")
LOOKS = {
    "rnn": ("rnn", "dot", "square"),
    "lstm": ("lstm", "solid", "circle"),
    "gru": ("gru", "dash", "diamond"),
    "scan": ("mingru", "solid", "triangle-up"),
    "loop": ("mingru", "dot", "triangle-up-open"),
    "transformer": ("transformer", "dashdot", "circle-open"),
}
ENDS = (-4.0, 0.0)  # seconds, as exponents of 10


def scan_times(points: Sequence[ScanPoint], *, lang: str, theme: Theme) -> Picture:
    """Seconds by words, on logarithmic axes; an empty chart before the first point.

    Args:
        points: what has been measured.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    shown = []
    for kind in (kind for kind in ORDER if any(point.kind == kind for point in points)):
        times = {point.words: point.training for point in points if point.kind == kind}
        shown.append(line(kind, times, lang, theme))
    across = text("scan_times.words", lang)
    return Picture(
        key="time_scan",
        figure=measured_lines.draw(shown, across, text("scan_times.axis", lang), ENDS, theme, names=136, write=written),
        title=text("scan_times.title", lang),
        finding=_finding(points, lang),
        method=text("scan_times.method", lang),
        legend=None,
        table=MappingProxyType(
            {
                text("networks.column", lang): tuple(text(f"scan_times.{point.kind}", lang) for point in points),
                across: tuple(point.words for point in points),
                text("time_by_length.forward", lang): tuple(point.forward for point in points),
                text("time_by_length.backward", lang): tuple(point.backward for point in points),
                text("scan_times.stages", lang): tuple(point.stages for point in points),
                text("scan_times.work", lang): tuple(point.work for point in points),
            }
        ),
    )


def line(kind: Timed, values: Mapping[int, float], lang: str, theme: Theme) -> Line:
    """What was measured or counted of a network, by words, with its name and look."""
    cell, dash, symbol = LOOKS[kind]
    return Line(text(f"scan_times.{kind}", lang), theme.mark(cell), theme.text(cell), values, dash, symbol)  # type: ignore[arg-type]


def _finding(points: Sequence[ScanPoint], lang: str) -> str:
    """Who is first at the most words that all have, and how long the scan and the GRU take there."""
    times = {(point.kind, point.words): point.training for point in points}
    whole = [words for _, words in times if all((kind, words) in times for kind in ORDER)]
    if not whole:
        return text("scan_times.nothing", lang)
    most = max(whole)
    first = min(ORDER, key=lambda kind: times[kind, most])
    said = {kind: number(1e3 * times[kind, most]) for kind in ("scan", "gru")}
    return text("scan_times.finding", lang, words=most, first=text(f"scan_times.{first}", lang), **said)
