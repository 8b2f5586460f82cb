"""The line in which a page says that a heavy computation waits for its turn, or how far it is."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import turns, visitor
from pages._ui.line import Waiting
from pages._ui.words import plain
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.delta_generator import DeltaGenerator

    from pages._ui.turns import State

_line: ContextVar[DeltaGenerator | None] = ContextVar("kioku_line", default=None)


def line_of_page() -> DeltaGenerator:
    """Where the page says what it waits for; a part that runs without the page has a line of its own.

    One line for all of it: with one more above it than in the run before, Streamlit would draw the whole page anew.
    """
    found = _line.get()
    return st.empty() if found is None else found


@contextmanager
def shown(lang: str) -> Iterator[None]:
    """A run of a page whose heavy computations take turns and say so; it ends when its visitor leaves."""
    line, here = st.empty(), visitor.presence()

    def show(state: State) -> None:
        if not here():
            st.stop()
        # Drawn again each time, also where nothing has changed: then Streamlit can end a run that is no longer wanted.
        if state is None:
            line.empty()
        else:
            line.html(f'<p class="turn" role="status" lang="{lang}">{plain(said(state, lang))}</p>')

    token = _line.set(line)
    try:
        with turns.run(show):
            yield
    finally:
        _line.reset(token)


def said(state: Waiting | turns.Working, lang: str) -> str:
    """What a run is told, as a sentence."""
    if isinstance(state, Waiting):
        return text("ui.turn.waiting", lang, before=state.before, seconds=max(1, round(state.seconds)))
    return text("ui.turn.working", lang, share=round(100 * state.done))
