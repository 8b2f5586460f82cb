"""A measurement of times that the reader starts, watches and stops: one at a time on the whole server.

What is measured is the reader's own, in the session, and nobody else sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import streamlit as st

from pages._ui import visitor
from pages._ui.words import markdown, plain
from rnn_core.messages import text
from rnn_core.stopwatch import Stopwatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pages._ui.shell import View
    from rnn_core.stopwatch import Run, Seen

Found = TypeVar("Found")

STOPWATCH: Stopwatch[Any] = Stopwatch()  # what is measured depends on what else the machine does
LOOK_EVERY = 0.5  # seconds
NOT_YET = "transformer.not_yet"


def begin(watch: Stopwatch[Found], measure: Callable[[], Iterator[Found]], total: int) -> Run[Found] | None:
    """Begin to measure; None while somebody else's run goes on. It ends when its reader leaves."""
    here = visitor.presence()
    return watch.start(lambda: takewhile(lambda _point: here(), measure()), total)


@dataclass(frozen=True)
class Measurement(Generic[Found]):
    """One that a page offers.

    Attributes:
        name: of its keys in the session, and of its buttons.
        start: begins it; None while somebody else's goes on.
        total: how many of what is measured there are, as it says before the first time.
        not_yet: the message that says so.
    """

    name: str
    start: Callable[[], Run[Found] | None]
    total: int
    not_yet: str = NOT_YET

    @property
    def own(self) -> str:
        """The key of the reader's run in the session."""
        return f"kioku_{self.name}"

    @property
    def wanted(self) -> str:
        """The key of whether it waits for its turn."""
        return f"kioku_{self.name}_wanted"

    def want(self) -> None:
        """Let it begin as soon as it is its turn."""
        st.session_state[self.wanted] = True

    def stop(self) -> None:
        """End the reader's run."""
        st.session_state[self.wanted] = False
        run: Run[Found] | None = st.session_state.get(self.own)
        if run is not None:
            run.stop()

    def goes_on(self) -> bool:
        """Whether the reader's own run goes on, or waits for somebody else's to end."""
        run: Run[Found] | None = st.session_state.get(self.own)
        return bool(st.session_state.get(self.wanted)) or (run is not None and run.seen().running)

    def look(self, waits: bool) -> Seen[Found] | None:
        """How far it is; it begins where it is wanted and its turn.

        Args:
            waits: whether the page looks at it every moment: where that should be otherwise, the page runs again.
        """
        session = st.session_state
        if session.get(self.wanted) and (run := self.start()):
            session[self.own], session[self.wanted] = run, False
        if self.goes_on() != waits:
            st.rerun()
        own: Run[Found] | None = session.get(self.own)
        return own.seen() if own else None

    def buttons(self, view: View, seen: Seen[Found] | None) -> None:
        """The button that starts or stops it, and how far it is."""
        lang, waits = view.lang, bool(st.session_state.get(self.wanted))
        with st.container(key=self.name, horizontal=True, vertical_alignment="center"):
            if waits or (seen and seen.running):
                st.button(text("transformer.stop", lang), key=f"{self.name}_stop", on_click=self.stop)
            else:
                name = "again" if seen else "start"
                st.button(text(f"transformer.{name}", lang), key=f"{self.name}_start", on_click=self.want)
            offset = st.context.timezone_offset
            said = (
                text("transformer.other_reader", lang) if waits else state(seen, lang, self.total, offset, self.not_yet)
            )
            st.html(f'<p class="quiet" role="status" lang="{lang}">{plain(said)}</p>')
        if seen and seen.running:
            st.progress(len(seen.points) / seen.total)
        if seen and seen.failure:
            st.error(text("transformer.failed", lang, why=markdown(seen.failure)))


def state(seen: Seen[Any] | None, lang: str, total: int, offset: int | None = None, not_yet: str = NOT_YET) -> str:
    """How far the reader's measurement is and when it began, as a sentence.

    Args:
        seen: the measurement, None before the first.
        lang: "ja" or "en".
        total: how many of what is measured there are.
        offset: minutes by which the reader's clock is behind UTC; None where that is not known.
        not_yet: the message before the first measurement.
    """
    if seen is None:
        return text(not_yet, lang, total=total)
    done = {"done": len(seen.points), "total": seen.total, "seconds": f"{seen.seconds:.0f}"}
    if seen.running:
        left = "…" if seen.left is None else f"{seen.left:.0f}"
        return text("transformer.running", lang, **done, left=left)
    key = "stopped" if seen.stopped else "done"
    return text(f"transformer.{key}", lang, **done, at=clock(seen.moment, offset))


def clock(moment: datetime, offset: int | None) -> str:
    """A moment of today as the reader's clock shows it; where that is not known, by UTC.

    Example:
        >>> from datetime import UTC, datetime
        >>> clock(datetime(2026, 1, 1, 5, 30, tzinfo=UTC), -540), clock(datetime(2026, 1, 1, 5, 30, tzinfo=UTC), None)
        ('14:30', '05:30 UTC')
    """
    if offset is None:
        return f"{moment:%H:%M} UTC"
    return f"{moment.astimezone(timezone(-timedelta(minutes=offset))):%H:%M}"
