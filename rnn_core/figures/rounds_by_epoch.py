"""Rounds of Newton's method while a GRU is trained: what learning does to them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.figures import measured_lines
from rnn_core.figures.measured_lines import Line
from rnn_core.figures.picture import Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.figures.theme import Theme


def rounds_by_epoch(
    plain: Mapping[int, int | None], clipped: Mapping[int, int | None], *, lang: str, theme: Theme
) -> Picture:
    """Rounds by epoch, without clipping and with it.

    Args:
        plain, clipped: epoch → rounds, None where 12 digits never agree.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    shown = [
        Line(text(f"rounds_by_epoch.{key}", lang), color, ink, rows, dash, symbol)
        for key, rows, color, ink, dash, symbol in (
            ("plain", plain, theme["edge"], theme["muted"], "dot", "circle-open"),
            ("clipped", clipped, theme.mark("gru"), theme.text("gru"), "solid", "circle"),
        )
    ]
    first, last = min(plain), max(plain)
    most = max(count for rows in (plain, clipped) for count in rows.values() if count is not None)
    finding = text(
        "rounds_by_epoch.finding", lang, first=plain[first], plain=plain[last], clipped=clipped[last], epochs=last
    )
    across = text("rounds_by_epoch.epoch", lang)
    return Picture(
        key="rounds_by_epoch",
        figure=measured_lines.draw(
            shown, across, text("rounds_by_epoch.rounds", lang), (0.0, float(most)), theme, logarithmic=False
        ),
        title=text("rounds_by_epoch.title", lang),
        finding=finding,
        method=text("rounds_by_epoch.method", lang),
        legend=None,
        table=MappingProxyType(measured_lines.table(shown, across)),
    )
