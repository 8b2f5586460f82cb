"""What a forecast depends on, and how it is seen that it does not depend on what is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.forecast import computed
from pages._ui import blocks, controls
from pages._ui.memo import memoized
from pages._ui.words import plain
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.tasks.forecast.spec import PARTS, ForecastSpec

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.quantities import Recurrent


def shown(view: View, cell: Recurrent, step: int) -> None:
    """The influence of the days before the chosen one."""
    blocks.part(view, "forecast.depends")
    controls.choice("ahead", view.lang)
    ahead = view.whole("ahead", 1)
    slopes = computed.influence(ForecastSpec(cell=cell), computed.weather(), step, ahead)
    drawn = memoized(figures.forecast_influence, slopes, ahead, computed.DEGREES, cell, **view.style)
    blocks.picture(view, drawn, below=parts_said(view))


def parts_said(view: View) -> str:
    """Into which parts the series is cut, and whether the future reaches the past, as HTML."""
    checked, tested = PARTS["forecast"]
    found = computed.leaks()
    said = text("forecast.note.parts", view.lang, checked=checked, tested=tested)
    check = text("forecast.note.leak" if found else "forecast.note.no_leak", view.lang)
    return f'<p class="lead" lang="{view.lang}">{plain(said)} {plain(check)}</p>'
