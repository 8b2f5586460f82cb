"""What a run leaves of the controls for the next one, as one entry of the reader's session.

Each read of Streamlit's session state costs as much as a small widget: nine entries would be read some thirty times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from pages._ui.address import Notice, State
from pages._ui.chapter import Chapter, Value

KEY = "kioku_last_run"


@dataclass
class LastRun:
    """What is known when a run begins.

    Attributes:
        page: the chapter that was drawn; None before the first.
        written: the address as it was last written.
        memory: what each control was when it was last seen: of a chapter that has forms of its own, and of all others.
        guessed: what each guess was made for.
        shapes: of a widget of changing shape, its options or ends.
        said: what was wrong with the address, and the state for which that is said.
        broken: whether a run has begun and its reader has not seen all of its page.
        crowded: the browser says that the address had more parameters than Streamlit takes: none of them has arrived.
        lost: the part to which the address points, and which the page does not have, as the browser says; else "".
    """

    page: Chapter | None = None
    written: dict[str, str] = field(default_factory=dict)
    memory: Mapping[str, State] = field(default_factory=dict)
    guessed: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    shapes: dict[str, object] = field(default_factory=dict)
    said: tuple[State | None, tuple[Notice, ...]] = (None, ())
    broken: bool = False
    crowded: bool = False
    lost: str = ""


def left() -> LastRun:
    """What this reader's last run has left; it is changed in place."""
    found: LastRun = st.session_state.setdefault(KEY, LastRun())
    return found


def page() -> Chapter:
    """The chapter that is drawn.

    Raises:
        LookupError: none is yet.
    """
    found = left().page
    if found is None:
        raise LookupError("no chapter has been drawn in this session")
    return found


def query(written: Mapping[str, str]) -> dict[str, list[str]]:
    """The parameters of the address with all their values; one that is as it was `written` has one of each."""
    if (last := st.query_params.to_dict()) == written:
        return {key: [value] for key, value in last.items()}
    return {key: st.query_params.get_all(key) for key in last}
