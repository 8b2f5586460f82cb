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
    from pages._chapters.compare.networks import Runs
    from pages._ui.shell import View
    from rnn_core.models.measures import Spread

KEPT, ASKED = "kioku_times", "kioku_times_asked"  # in the session: the last measurement, and that one is wanted


@dataclass(frozen=True)
class Times:
    """One measurement of all networks.

    Attributes:
        of: the networks and the words that it was made with.
        spreads: of each network its times.
        moment: when, as the reader's clock shows it.
    """

    of: object
    spreads: tuple[Spread, ...]
    moment: str


def kept(runs: Runs) -> Times | None:
    """What was last measured, if it was these networks and words; measured now, if the reader has asked for it."""
    of, session = (tuple(runs.specs.values()), runs.words), st.session_state
    if session.pop(ASKED, False):
        session[KEPT] = Times(of, computed.times(*of), _now())
    found: Times | None = session.get(KEPT)
    return found if found is not None and found.of == of else None


def offer(view: View, found: Times | None) -> None:
    """The button that measures, and when it was last pressed with these networks and words."""
    lang = view.lang
    with st.container(key="times", horizontal=True, vertical_alignment="center"):
        label = text("compare.measure" if found is None else "compare.measure_again", lang)
        st.button(label, key="measure_times", on_click=_ask)
        said = text("compare.not_measured", lang)
        if found is not None:
            said = text("compare.measured", lang, moment=found.moment, runs=computed.TIMED)
        st.html(f'<p class="quiet" lang="{lang}" role="status">{plain(said)}</p>')


def _ask() -> None:
    st.session_state[ASKED] = True


def _now() -> str:
    """The time of day where the reader is."""
    zone = st.context.timezone
    return datetime.now(ZoneInfo(zone) if zone else UTC).strftime("%H:%M:%S")
