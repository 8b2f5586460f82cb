"""The line in which a page says that a heavy computation waits for its turn, or how far it is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import turns, visitor
from pages._ui.words import plain
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.turns import State


def shown(lang: str) -> AbstractContextManager[None]:
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

    return turns.run(show)


def said(state: turns.Waiting | turns.Working, lang: str) -> str:
    """What a run is told, as a sentence."""
    if isinstance(state, turns.Waiting):
        return text("ui.turn.waiting", lang, before=state.before, seconds=max(1, round(state.seconds)))
    return text("ui.turn.working", lang, share=round(100 * state.done))
