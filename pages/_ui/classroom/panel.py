"""What a teacher has beside a chapter: the link for students and a vote, in a dialog that the frame opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, contents
from pages._ui.classroom import hands, link
from pages._ui.reading import wait
from pages._ui.words import on_button
from rnn_core import runtime
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.classroom.ballot import Ballot
    from pages._ui.shell import View

PARTS = ("link", "hands")
ASKED = "kioku_class"


def button(lang: str) -> None:
    """What opens the dialog, for the frame."""
    st.button(text("classroom.open", lang), key="classroom", type="tertiary", on_click=_asked)


def open_if_asked(view: View) -> None:
    """Draw the dialog in the run that the button asked for: in the next one it stays by itself."""
    if st.session_state.pop(ASKED, False):
        st.dialog(text("classroom.title", view.lang), width="large")(_panel)(view)


def _asked() -> None:
    st.session_state[ASKED] = True


def _panel(view: View) -> None:
    with blocks.errors_shown(view), st.container(key="classroom_panel"):
        part = st.segmented_control(
            text("classroom.title", view.lang),
            PARTS,
            default=PARTS[0],
            key="classroom_part",
            required=True,
            format_func=lambda one: on_button(text(f"classroom.{one}", view.lang)),
            label_visibility="collapsed",
        )
        if part == "link":
            link.offer(view)
        else:
            hands.vote(view, find_ballot(view))


def find_ballot(view: View) -> Ballot | None:
    """What the chapter asks with the present settings, and what was measured; None where it asks nothing.

    Raises:
        KiokuError: it can't be measured.
    """
    found = contents.find_part(view.chapter, "vote")
    if found is None:
        return None
    if not runtime.ready():
        wait(view.lang)
    asked: Ballot | None = found.ballot(view)
    return asked
