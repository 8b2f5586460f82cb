"""Which network and what it reads: the files that are there, a place for the reader's own, and the input."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.your_model import NONE, SHIPPED, computed
from pages._ui import blocks, controls, own_files
from pages._ui.file_field import file_field
from pages._ui.words import markdown, on_button, plain
from rnn_core import KiokuError
from rnn_core.messages import text
from rnn_core.own.inputs import is_sound, read_inputs
from rnn_core.own.limits import MOST_INPUT_MEGABYTES, MOST_MEGABYTES, MOST_STEPS
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from pages._ui.address import State
    from pages._ui.shell import View

LONGEST = 28  # characters of a file's name on a button
GIVEN, REFUSED = "kioku_given", "kioku_refused"


def named(name: str, lang: str) -> str:
    """What a network is called: a package's by what it is for, the reader's own by its file."""
    if name in SHIPPED:
        return text(f"your_model.package.{name.removeprefix('file:')}", lang)
    own = own_files.here().files.get(name)
    return shorten(own.title if own else text("your_model.elsewhere", lang, given=name[5:13]), LONGEST)


def network(view: View, key: str, *, without: str = "") -> None:
    """The networks as a row of buttons; one that the link names and that is not here stands among them.

    Args:
        view: the page.
        key: the control: `weights`, or `beside` for the one beside it.
        without: the one that is not offered.
    """
    lang, asked = view.lang, view.text(key)
    none = (NONE,) if key == "beside" else ()
    there = [one for one in (*SHIPPED, *own_files.here().files) if one != without]
    options = [*none, *there, *([asked] if asked not in (*none, *there) else [])]
    controls.keep(key, asked, options)
    st.segmented_control(
        text(view.rows[key].message, lang),
        options,
        key=key,
        required=True,
        format_func=lambda one: on_button(
            markdown(text("controls.beside.none", lang) if one == NONE else named(one, lang))
        ),
        width="content",
    )


def upload(view: View) -> None:
    """A place for the reader's own file; what it may be is said beforehand."""
    _field(view, "weights", MOST_MEGABYTES, _take_weights)


def feed(view: View) -> None:
    """What is read, and what belongs to it."""
    lang, how = view.lang, view.text("feed")
    controls.choice("feed", lang)
    if how == "sentence":
        controls.sentence("text", lang)
    if how == "drawn":
        controls.number("span", lang, width=140)
    if how != "own":
        blocks.more(view, "draw")


def numbers(view: View) -> None:
    """A place for a file of numbers, and which of its sequences is read; nothing where other input is chosen."""
    if view.state["feed"] != "own":
        return
    network = view.text("weights"), view.whole("module", 1) - 1  # a sound becomes what this one reads
    _field(view, "inputs", MOST_INPUT_MEGABYTES, partial(_take_inputs, *network))
    read = own_files.here().inputs.get(view.text("inputs"))
    if read is not None and read.several:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            controls.choice("axis", view.lang)
            controls.number("sequence", view.lang, width=140)


def refused() -> None:
    """Whatever was wrong with the file that was given last.

    Raises:
        KiokuError: that.
    """
    error: KiokuError | None = st.session_state.get(REFUSED)
    if error is not None:
        raise error


def _field(view: View, what: str, most: int, take: Callable[[UploadedFile], State]) -> None:
    """A field for one file. It is another widget after each: then Streamlit keeps nothing of what was given."""
    key = f"own_{what}_{st.session_state.get(GIVEN, 0)}"
    said = text(f"your_model.upload.{what}", view.lang, most=most, steps=MOST_STEPS)
    with st.container(key=f"upload_{what}"):
        file_field(plain(said), view.lang, key=key, most=most, on_change=_given, args=(key, take))


def _given(key: str, take: Callable[[UploadedFile], State]) -> None:
    given: UploadedFile | None = st.session_state.get(key)
    if given is None:
        return
    st.session_state[GIVEN] = st.session_state.get(GIVEN, 0) + 1
    own_files.make_room()
    try:
        controls.take(take(given))
        st.session_state[REFUSED] = None
    except KiokuError as error:
        st.session_state[REFUSED] = error
    finally:
        own_files.let_go(given)


def _take_weights(given: UploadedFile) -> State:
    from rnn_core.own.files import open_file  # needs torch

    opened = open_file(given.name, given.getvalue())
    own_files.here().keep_file(opened)
    return {"weights": opened.name}


def _take_inputs(file: str, part: int, given: UploadedFile) -> State:
    content = given.getvalue()
    if is_sound(content):
        from rnn_core.own.sounds import read_sound  # needs torch

        read = read_sound(content, file, computed.opened(file).part(part).inputs)
    else:
        read = read_inputs(content)
    own_files.here().keep_inputs(read)
    return {"inputs": read.name}
