"""How long each network takes: measured when the reader asks for it, and the reader's own, with its moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from pages._chapters.compare import computed
from pages._ui.words import plain
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.compare.networks import Runs
    from pages._ui.shell import View
    from rnn_core.models.measures import Spread
    from rnn_core.quantities import Cell

KEPT, ASKED = "kioku_times", "kioku_times_asked"  # in the session: the last measurement, and that one is wanted


@dataclass(frozen=True)
class Times:
    """One measurement of all networks.

    Attributes:
        of: the networks and the words that it was made with.
        spreads: network → its times.
        moment: when, as the reader's clock shows it.
    """

    of: object
    spreads: Mapping[Cell, Spread]
    moment: str


def measured(view: View, runs: Runs) -> Mapping[Cell, Spread] | None:
    """The button that measures, when it was last pressed with these networks and words, and what was measured then."""
    of, session, lang = (tuple(runs.specs.items()), runs.words), st.session_state, view.lang
    if session.pop(ASKED, False):
        session[KEPT] = Times(of, computed.times(runs.specs, runs.words), _now())
    kept: Times | None = session.get(KEPT)
    found = kept if kept is not None and kept.of == of else None
    with st.container(key="times", horizontal=True, vertical_alignment="center"):
        label = text("compare.measure" if found is None else "compare.measure_again", lang)
        st.button(label, key="measure_times", on_click=_ask)
        said = text("compare.not_measured", lang)
        if found is not None:
            said = text("compare.measured", lang, moment=found.moment, runs=computed.TIMED)
        st.html(f'<p class="quiet" lang="{lang}" role="status">{plain(said)}</p>')
    return None if found is None else found.spreads


def _ask() -> None:
    st.session_state[ASKED] = True


def _now() -> str:
    """The time of day where the reader is."""
    zone = st.context.timezone
    return datetime.now(ZoneInfo(zone) if zone else UTC).strftime("%H:%M:%S")
