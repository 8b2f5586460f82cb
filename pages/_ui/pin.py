"""A pinned state: another state of the chapter, drawn below the present one on the same time axis.

The address has it as one parameter, `pin=home~cell.rnn~hidden.8`: the chapter, then each setting that is not as the
chapter opens. It is read by the same table as an address. Its step is the present one, and its guesses are as they were
when it was pinned.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, contrasts, controls, last_run
from pages._ui.address import Notice, State, controls_of, parse, serialize
from pages._ui.chapter import MAX_PIN
from pages._ui.words import plain
from rnn_core import runtime
from rnn_core.messages import text
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages._ui.chapter import Chapter, Control
    from pages._ui.shell import View

KEY, TOO_LONG = "pin", "kioku_pin_too_long"
STEP = "t"
LONGEST = 24  # characters of a value in the title
AGAIN, MARK = "!0", "!1"  # what stands for the sign that begins them, and for the one between two settings


def encode(chapter: Chapter, address: Mapping[str, str]) -> str:
    """The state of an address as the value of one parameter; the step and the frame are no part of it."""
    opens = dict(chapter.opens)
    settings = [
        f"{key}.{address[key].replace('!', AGAIN).replace('~', MARK)}"
        for key, row in _own(chapter).items()
        if key in address and address[key] != str(opens.get(key, row.default))
    ]
    return f"{chapter.name}~{'~'.join(settings)}"


def decode(chapter: Chapter, pinned: str) -> tuple[State, tuple[Notice, ...]]:
    """The state that it was made of, and what of it could not be taken."""
    query: dict[str, list[str]] = {}
    for setting in pinned.split("~")[1:]:
        key, _, value = setting.partition(".")
        if key:
            query.setdefault(key, []).append(value.replace(MARK, "~").replace(AGAIN, "!"))
    return parse(query, _own(chapter), dict(chapter.opens))


def _own(chapter: Chapter) -> Mapping[str, Control]:
    """What a pinned state has of its own."""
    held = frozenset(chapter.controls) - {KEY, STEP}
    return {key: row for key, row in controls_of(chapter).items() if key in held}


def keep() -> None:
    """Pin the state that is shown, as a button's callback; of one that is too long for a link the page says so."""
    session = st.session_state
    kept = encode(last_run.page(), last_run.left().written)
    if len(kept) <= MAX_PIN:
        session[KEY] = kept
    else:
        session[TOO_LONG] = True


def beyond(view: View, message: str, given: int, last: int) -> None:
    """Say that there is no such step, unless two states are on the page: it may be one of the other's.

    Args:
        view: the page.
        message: the message that says so.
        given, last: the step that was asked for, and the last one.
    """
    if view.state.get(KEY) is None:
        st.warning(text(message, view.lang, given=given, last=last))


def take(view: View, changes: State) -> None:
    """As a drawing's callback: put several controls; of a pinned state its own ones, but the step that both have."""
    here = {key: value for key, value in changes.items() if key == STEP or not view.pinned}
    controls.take(here)
    if view.pinned and changes.keys() - here.keys():
        st.session_state[KEY] = encode(view.chapter, serialize({**view.state, **changes}, view.chapter.controls))


def pinned(view: View) -> View | None:
    """The pinned state as a view of its own, if there is one; before torch is there, there is none."""
    if view.state[KEY] is None or not runtime.ready():
        return None  # a page that is shown before torch is there runs again as soon as it is
    return replace(view, state=MappingProxyType({**view.state, **decode(view.chapter, view.text(KEY))[0]}), pinned=True)


def swap() -> None:
    """On the stage, where one drawing stands, as a button's callback: show the pinned state, and pin the shown one."""
    session = st.session_state
    state, _ = decode(last_run.page(), session[KEY])
    keep()
    if TOO_LONG not in session:
        controls.take(state)


def below(view: View, draw: Callable[[View], object]) -> None:
    """After the drawing of a chapter: the same of the pinned state, if there is one.

    Args:
        view: the page.
        draw: draws it for the view of that state.
    """
    with st.container(key="pinned"):  # also when empty: what follows stays where it is in Streamlit's tree
        if st.session_state.pop(TOO_LONG, False):
            st.warning(text("ui.pin_long", view.lang))
        there = pinned(view)
        if there is None:
            return
        state, notices = decode(view.chapter, view.text(KEY))
        _title(view, state)
        for notice in notices[:1]:
            st.warning(text("ui.pin_notice", view.lang, said=notice.text(view.lang)))
        with blocks.errors_shown(view):
            draw(there)


def _title(view: View, state: State) -> None:
    """What the pinned state is called, and the way back to one drawing."""
    lang = view.lang
    with st.container(key="pinned_title", horizontal=True, vertical_alignment="center"):
        st.html(f'<h2 class="section" lang="{lang}">{plain(title(view, state))}</h2>')
        st.button(text("ui.unpin", lang), key="unpin", type="tertiary", on_click=controls.take, args=({KEY: None},))


def title(view: View, pinned: State) -> str:
    """The settings of the pinned state, guesses aside, that are not as in the present one."""
    differ = {
        key: said(value) if isinstance(value, str) and view.rows[key].kind == "text" else value
        for key, value in pinned.items()
        if not view.rows[key].is_guess and value != view.state[key]
    }
    if not differ:
        return text("ui.pinned_same", view.lang)
    return text("ui.pinned", view.lang, settings=contrasts.settings_said(view, differ))


def said(value: str) -> str:
    """A text as the title has it; of a run's weights the update after which they were so stays in sight.

    Example:
        >>> said("run:ni6xfwf8qk23897d2wmb-0")
        'run:ni6xfwf8qk23897d2…-0'
    """
    run, dash, update = value.rpartition("-")
    if value.startswith("run:") and dash:
        return f"{shorten(run, LONGEST - len(update) - 1)}-{update}"
    return shorten(value, LONGEST)
