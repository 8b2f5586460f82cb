"""The claims measured once more on the machine that serves the page: one reader at a time, claim by claim."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from pages._chapters.claims.table import measured as sentence
from pages._ui import visitor
from pages._ui.words import formula, markdown, plain
from rnn_core.claims.rows import CLAIMS, Claim
from rnn_core.messages import text
from rnn_core.stopwatch import Stopwatch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pages._ui.shell import View
    from rnn_core.stopwatch import Run, Seen

OWN, WANTED = "kioku_claims", "kioku_claims_wanted"  # in the session: the reader's measurement, and that it waits
LOOK_EVERY = 0.5  # seconds


class Found(NamedTuple):
    """One claim and its numbers."""

    claim: Claim
    numbers: Mapping[str, float]


STOPWATCH: Stopwatch[Found] = Stopwatch()  # one for the server: what is timed depends on what else the machine does


def _each() -> Iterator[Found]:
    for claim in CLAIMS:
        yield Found(claim, claim.measure())


def _begin() -> Run[Found] | None:
    here = visitor.presence()
    return STOPWATCH.start(lambda: takewhile(lambda _found: here(), _each()), len(CLAIMS))


def pace() -> float | None:
    """How often the part looks again: while a measurement goes on or waits."""
    own: Run[Found] | None = st.session_state.get(OWN)
    waits = bool(st.session_state.get(WANTED))
    return LOOK_EVERY if waits or (own is not None and own.seen().running) else None


def measured(view: View, paced: bool) -> None:
    """The button, how far it is, and the sentences with the numbers found here."""
    session = st.session_state
    if session.get(WANTED) and (run := _begin()):
        session[OWN], session[WANTED] = run, False
    if (pace() is not None) != paced:
        st.rerun()  # so that the page begins or ends to look at it every moment
    own: Run[Found] | None = session.get(OWN)
    seen = own.seen() if own else None
    lang = view.lang
    with st.container(key="claims_again", horizontal=True, vertical_alignment="center"):
        if paced:
            st.button(text("claims.stop", lang), key="claims_stop", on_click=_stop)
        else:
            st.button(text("claims.again", lang), key="claims_start", on_click=_start)
        st.html(
            f'<p class="quiet" role="status" lang="{lang}">{plain(state(seen, bool(session.get(WANTED)), lang))}</p>'
        )
    if seen is None:
        return
    if seen.running:
        st.progress(len(seen.points) / seen.total)
    if seen.failure:
        st.error(text("claims.failed", lang, why=markdown(seen.failure)))
    if seen.points:
        st.html("".join(_line(found, lang) for found in seen.points))


def _line(found: Found, lang: str) -> str:
    said = text("claims.here", lang, measured=sentence(found.claim, found.numbers, lang))
    doubt = "" if found.claim.supported(found.numbers) else f" {text('claims.unsupported', lang)}"
    name = text(f"claims.said.{found.claim.name}", lang)
    return f'<p class="here" lang="{lang}"><strong>{plain(name)}</strong> {formula(said + doubt)}</p>'


def state(seen: Seen[Found] | None, waits: bool, lang: str) -> str:
    """How far it is, as a sentence; "" before it was ever asked for."""
    if waits:
        return text("claims.busy", lang)
    if seen is None:
        return ""
    done = {"done": len(seen.points), "total": seen.total, "seconds": f"{seen.seconds:.0f}"}
    if seen.running:
        return text("claims.running", lang, **done, left="…" if seen.left is None else f"{seen.left:.0f}")
    return text("claims.stopped" if seen.stopped else "claims.done", lang, **done)


def _start() -> None:
    st.session_state[WANTED] = True


def _stop() -> None:
    own: Run[Found] | None = st.session_state.get(OWN)
    if own:
        own.stop()
    st.session_state[WANTED] = False
