"""How long it takes here: scan, loops and Transformer, measured when the reader asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.parallel import computed
from pages._ui import blocks
from pages._ui.measuring import LOOK_EVERY, Measurement
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.models.scan_timing import ScanPoint

LENGTHS = 4
RACE: Measurement[ScanPoint] = Measurement("scan_race", lambda: computed.race(), LENGTHS)


def draw(view: View) -> None:
    """The measurement, folded; what it shows is made when it is opened."""
    folded = st.expander(text("parallel.times", view.lang), key="scan_times", on_change="rerun")
    if folded.open:
        with folded:
            waits = RACE.goes_on()
            blocks.alone(_measured, LOOK_EVERY if waits else None)(view, waits)
            for column, (what, counts) in zip(st.columns(2, gap="large"), computed.costs().items(), strict=True):
                with column:
                    blocks.picture(view, memoized(figures.scan_costs, counts, what, **view.style))


def _measured(view: View, waits: bool) -> None:
    seen = RACE.look(waits)
    RACE.buttons(view, seen)
    points = seen.points if seen else ()
    blocks.picture(view, figures.scan_times(points, lang=view.lang, theme=view.theme))
