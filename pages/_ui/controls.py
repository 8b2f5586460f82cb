"""The controls as widgets, whose keys are the address codes; `address.py` has their table.

`settle` reconciles the address with the widgets once, at the start of a run; the functions below it draw them.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import streamlit as st

from pages._ui import last_run
from pages._ui.address import CONTROLS, FRAME, Notice, State, controls_of, parse, serialize, tidy
from pages._ui.chapter import Chapter, Control, Kept, Value
from pages._ui.words import on_button
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}  # each in itself, so that its reader finds it
SKIP = "skip"  # what a guess is that the reader did not make
LONGEST = 16  # characters of a network's name on a button
NAMES = 1024  # of options that are kept: Streamlit asks for each some two times a run
EVERYWHERE = ""  # in the memory, beside the chapters that have forms of their own
NOTHING = object()  # what no control is
# What belongs to a sentence, and what it is once there is another: no place, but a picture that was revealed stays so.
NEXT_SENTENCE: State = MappingProxyType(
    {key: row.next_sentence for key, row in CONTROLS.items() if not isinstance(row.next_sentence, Kept)}
)
SENTENCES = tuple(key for key, row in CONTROLS.items() if row.sentence)  # a page has one of them, or one a task


def settle(chapter: Chapter, defaults: State) -> tuple[State, tuple[Notice, ...]]:
    """The state of this run, from the address and the widgets, written back to both.

    What stands in the address wins where it differs from what was written there last (a link, a reload, Back); else
    what the widget says; else, on a page that has just been opened, what it was when the control was last seen.
    Streamlit's session state holds the controls of this page alone: each of its reads goes through all that it holds.
    """
    session, left, here = st.session_state, last_run.left(), {*FRAME, *chapter.controls}
    rows, last, written = controls_of(chapter), left.page, left.written
    moved = last != chapter  # a control of another page is another widget to Streamlit, even under one key
    formed = _leave(last, chapter) if moved and last else ()
    memory = _remembered(chapter)
    query = last_run.query(written)
    asked = {key: values for key, values in query.items() if key in formed or values != [written.get(key)]}
    # What has been seen of every control, and nothing new in the address: then there is nothing to be read.
    parsed, notices = ({}, ()) if not asked and rows.keys() <= memory.keys() else parse(asked, rows, defaults)
    held = {key: value for key in (rows if moved else here) if (value := session.get(key, NOTHING)) is not NOTHING}
    state: dict[str, Value] = {**parsed, **memory}
    state |= {key: tidy(rows[key], value) for key, value in held.items() if key not in formed}
    state |= {key: parsed[key] for key in asked if key in parsed}
    if any(state[key] != memory.get(key, state[key]) for key in SENTENCES):
        old = {key for key in NEXT_SENTENCE if state[key] is not None and state[key] == memory.get(key)}
        state |= {key: value for key, value in NEXT_SENTENCE.items() if key in old and key not in asked}
        _forget_places()
    state |= _asked_again(chapter, rows, state, asked)
    broken, left.broken = left.broken, True
    for key in here:
        if moved or broken or held.get(key, NOTHING) != state[key]:
            session[key] = state[key]
    for key in held.keys() - here:
        del session[key]
    address = serialize(state, (*FRAME, *chapter.controls))
    if query != {key: [value] for key, value in address.items()}:
        st.query_params.from_dict(address)
    _remember(chapter, state)
    left.written, left.page = address, chapter
    notices = (*notices, *_said_by_browser())
    if notices:
        left.said = (state, notices)
    said_of, standing = left.said
    return MappingProxyType(state), standing if said_of == state else ()


def _said_by_browser() -> tuple[Notice, ...]:
    """What of the address never arrives here, and the browser has found wrong."""
    left = last_run.left()
    crowded = [Notice("crowded", "", "")] if left.crowded else []
    anchor = left.lost
    left.crowded, left.lost = False, ""
    return (*crowded, *([Notice("anchor", "", anchor)] if anchor else []))


def _remembered(chapter: Chapter) -> State:
    """What each control was when it was last seen: where the chapter has a form of its own, that one."""
    memory, rows = last_run.left().memory, controls_of(chapter)
    shared = {
        key: value
        for key, value in memory.get(EVERYWHERE, {}).items()
        if key not in chapter.apart and rows[key].takes(value)
    }
    return {**shared, **memory.get(chapter.name, {})}


def _remember(chapter: Chapter, state: State) -> None:
    """Keep what controls are for every chapter, but what this one has in a form of its own for this one alone."""
    left = last_run.left()
    own = {key: value for key, value in state.items() if key in chapter.apart}
    shared = {key: value for key, value in state.items() if key not in own}
    kept = {EVERYWHERE: shared, chapter.name: own}
    left.memory = {**left.memory, **{owner: {**left.memory.get(owner, {}), **said} for owner, said in kept.items()}}


def _leave(last: Chapter, chapter: Chapter) -> tuple[str, ...]:
    """Keep what the reader did last in another chapter; the keys that are not the same control in both."""
    session, rows = st.session_state, controls_of(chapter)
    formed = {*last.apart, *chapter.apart}
    _remember(last, {key: session[key] for key in formed if key in session})
    return (*formed, *(key for key in last.forms if key not in formed and not rows[key].takes(session.get(key))))


def _asked_again(chapter: Chapter, rows: Mapping[str, Control], state: State, asked: Mapping[str, object]) -> State:
    """The guesses that were made for other settings, as they are before they are made.

    What a guess was made for is kept with it: the settings may have become others in another chapter. One that an
    address names is for what that address says.
    """
    left = last_run.left()
    made = left.guessed
    now = {key: tuple(state[one] for one in rows[key].asked_of) for key in chapter.controls if rows[key].asked_of}
    said = {key for key in now if state[key] not in (rows[key].default, SKIP)}
    again = {key for key in said if key not in asked and made.get(key, now[key]) != now[key]}
    kept = {key: made[key] for key in made.keys() - now.keys()}
    left.guessed = kept | {key: now[key] for key in said - again}
    return {key: rows[key].default for key in again}


def _forget_places() -> None:
    """There is another sentence: what chapters remember for themselves of the one before becomes what it then is."""
    left = last_run.left()
    left.memory = {
        owner: {key: value if value is None else NEXT_SENTENCE.get(key, value) for key, value in said.items()}
        for owner, said in left.memory.items()
    }


def ended() -> None:
    """Say that the reader has seen a whole page: what was put into the widgets has arrived.

    After a run that was broken off, or that another one followed at once, it may not have; so it is put again.
    """
    last_run.left().broken = False


def keep(key: str, value: Value, shape: object) -> None:
    """Before a widget of changing shape (options, ends) is drawn: let it have its value.

    In another shape it is another widget to Streamlit and would start at its default. Only then, since a value that is
    sent to the browser overrides what the reader has done there in the meantime.
    """
    shapes = last_run.left().shapes
    if st.session_state.get(key) != value or shapes.get(key) != shape:
        st.session_state[key] = value
    shapes[key] = shape


def crowded() -> None:
    """The browser says that the address had more parameters than Streamlit takes: none of them has arrived."""
    last_run.left().crowded = True


def lost(anchor: str) -> None:
    """The browser says that the address points to a part that the page does not have."""
    last_run.left().lost = anchor


def rest(step: int) -> None:
    """Take over the step, 1-based, on which the reader rests in a drawing."""
    st.session_state["t"] = step


def take(state: State) -> None:
    """Put several controls at once, as a button's callback; their places belong to the sentence among them."""
    chapter, read = last_run.page(), {key: value for key, value in state.items() if key in SENTENCES}
    if not read.items() <= _remembered(chapter).items():
        _forget_places()
    _remember(chapter, read)
    st.session_state.update(state)


def follow(state: State) -> None:
    """Draw the page anew as a link with this state opens it: guesses among it are for what it says."""
    st.query_params.from_dict(serialize(state, (*FRAME, *last_run.page().controls)))
    last_run.left().written = {}
    st.rerun(scope="app")


def correct(key: str, value: Value) -> None:
    """Before its widget is drawn: replace a value of the address that this page cannot use, there too."""
    left = last_run.left()
    _remember(last_run.page(), {key: value})
    said_of, notices = left.said
    if said_of is not None:  # what the page mends itself is no change of the reader's, after which they would go
        left.said = (MappingProxyType({**said_of, key: value}), notices)
    left.written.pop(key, None)
    if value is None:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = left.written[key] = str(value)
    st.session_state[key] = value


def reset(opens: State) -> None:
    """Put every control back to what it opens with or else to its default, as a button's callback."""
    session, chapter = st.session_state, last_run.page()
    rows = controls_of(chapter)
    state = {key: opens.get(key, row.default) for key, row in rows.items() if key not in FRAME}
    _remember(chapter, {key: value for key, value in state.items() if key not in session})
    session.update({key: value for key, value in state.items() if key in session})


@lru_cache(maxsize=NAMES, typed=True)
def option_name(key: str, option: Value, lang: str) -> str:
    """What an option is called: a language in itself, a quantity as everywhere, any other by the catalogue."""
    if option in QUANTITIES:
        return text(f"quantities.{option}.name", lang)
    row = CONTROLS.get(key)
    if row and row.counted:
        return str(option)
    if row and row.pattern and option not in row.options:
        return shorten(str(option), LONGEST)
    return LANGUAGE_NAMES.get(str(option)) or text(f"controls.{key}.{option}", lang)


def _row(key: str) -> Control:
    """What a control is in the chapter that is drawn."""
    return controls_of(last_run.page())[key]


def draw(key: str, lang: str) -> None:
    """Draw a choice, a whole number or a text by what the table says of it."""
    drawn: Mapping[str, Callable[[str, str], None]] = {"choice": choice, "number": number, "text": sentence}
    drawn[_row(key).kind](key, lang)


def choice(
    key: str, lang: str, *, only: tuple[Value, ...] = (), label: Literal["visible", "collapsed"] = "visible"
) -> None:
    """Draw a choice as a row of buttons, in the reader's language; its value is already in the state.

    Args:
        key: the control.
        lang: "ja" or "en".
        only: the options that there are here, () for all; what the address names beside them stays among them.
        label: whether it is seen, or only told to those who don't see.
    """
    row = _row(key)
    options, value = only or row.options, st.session_state.get(key)
    if row.pattern and value not in options:
        options = (*options, value)
    if options != row.options:
        keep(key, value if value in options else options[-1], options)
    st.segmented_control(
        text(row.message, lang),
        options,
        key=key,
        required=True,
        format_func=lambda option: on_button(option_name(key, option, lang)),
        label_visibility=label,
        width="content",
    )


def number(key: str, lang: str, *, width: int | Literal["stretch"] = "stretch") -> None:
    """Draw a number as a field with steps."""
    row = _row(key)
    st.number_input(text(row.message, lang), row.low, row.high, key=key, step=1, width=width)


def slider(key: str, lang: str, *, width: int | Literal["stretch"] = "stretch") -> None:
    """Draw a number as a slider."""
    row = _row(key)
    st.slider(text(row.message, lang), row.low, row.high, key=key, step=1, width=width)


def sentence(key: str, lang: str) -> None:
    """Draw a sentence as a field."""
    st.text_input(text(_row(key).message, lang), key=key, placeholder=text(f"controls.{key}.placeholder", lang))
