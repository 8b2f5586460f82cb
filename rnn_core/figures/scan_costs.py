"""How many computations have to wait for each other, and how many there are, by T: counted, not measured."""

from __future__ import annotations

from math import ceil, floor, log10
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from rnn_core.figures import measured_lines
from rnn_core.figures.captions import number
from rnn_core.figures.picture import Picture
from rnn_core.figures.ratio import power
from rnn_core.figures.scan_times import ORDER, line
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.figures.theme import Theme
    from rnn_core.models.scan_timing import Timed


def scan_costs(
    counts: Mapping[Timed, Mapping[int, int]], what: Literal["stages", "work"], *, lang: str, theme: Theme
) -> Picture:
    """Counts by words, on logarithmic axes.

    Args:
        counts: network → words → how many.
        what: "stages" that wait for each other, or "work", multiply-adds of the forward pass.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    shown = [line(kind, counts[kind], lang, theme) for kind in ORDER]
    across, most = text("scan_times.words", lang), max(counts["scan"])
    last = {kind: found[most] for kind, found in counts.items()}
    said = {kind: f"{last[kind]:,}" for kind in ("gru", "scan", "transformer")} | {
        "ratio": number(last["scan"] / last["loop"])
    }
    least = min(count for row in counts.values() for count in row.values())
    ends = float(floor(log10(least))), float(ceil(log10(max(last.values()))))
    return Picture(
        key=f"scan_{what}",
        figure=measured_lines.draw(
            shown, across, text(f"scan_times.{what}", lang), ends, theme, names=136, write=_written
        ),
        title=text(f"scan_costs.{what}", lang),
        finding=text(f"scan_costs.{what}_finding", lang, words=f"{most:,}", **said),
        method=text(f"scan_costs.{what}_method", lang),
        legend=None,
        table=MappingProxyType(measured_lines.table(shown, across)),
    )


def _written(count: float) -> str:
    """A count with its thousands, a power of ten where it is a large one."""
    whole = round(count)
    exponent = len(str(whole)) - 1
    return power(exponent) if whole == 10**exponent and exponent > 3 else f"{whole:,}"
