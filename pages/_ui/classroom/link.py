"""The link that a class opens: the present state with its questions still open, as text and as a QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import segno
import streamlit as st

from pages._ui import blocks, opening
from pages._ui.classroom.phone import ROOM
from pages._ui.words import plain
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

LONGEST = 1200  # characters of an address; the squares of a longer one are too small for a phone in the last row
QUIET = 4  # squares around a code, as the standard asks
PRESENT, LANGUAGE = "present", "lang"


def student_address(view: View) -> str:
    """The address that opens this state for a student: not as a presentation, and before every guess.

    What is as the chapter opens is left out: the shorter it is, the larger are the squares of its code.
    """
    opens = dict(view.chapter.opens)
    silent = {key for key, row in view.rows.items() if view.state[key] == opens.get(key, row.default)}
    guesses = {key for key, row in view.rows.items() if row.is_guess}
    return blocks.address(view, {PRESENT, *guesses, *silent} - {LANGUAGE})


def room_address(view: View, code: str) -> str:
    """The address of a room."""
    here = urlsplit(st.context.url or "")
    path = (here.path or "/").removesuffix(view.chapter.address)
    return here._replace(path=f"{path}{ROOM}", query=f"code={code}", fragment="").geturl()


def offer(view: View) -> None:
    """The link for students, as a QR code and as text to be copied."""
    address = student_address(view)
    shown = opening.for_others(address) or address
    left, right = st.columns(2, gap="large")
    with left:
        code(view, address)
    with right:
        st.html(f'<p class="lead" lang="{view.lang}">{plain(text("classroom.link.says", view.lang))}</p>')
        st.code(shown, language=None, wrap_lines=True)


def offer_room(view: View, code_of_room: str) -> None:
    """The way into a room: where its code is typed, the code, and both at once as a QR code."""
    address = room_address(view, code_of_room)
    here = urlsplit(opening.for_others(address) or address)
    typed = f'<p class="room"><span>{plain(here.netloc + here.path)}</span><strong>{code_of_room}</strong></p>'
    st.html(typed)
    code(view, address)


def code(view: View, address: str) -> None:
    """An address as a QR code; where nobody else reaches it, or no phone would read it, that it is so."""
    lang, reached = view.lang, opening.for_others(address)
    if reached is None:
        st.warning(text("classroom.link.alone", lang))
    elif len(reached) > LONGEST:
        st.html(f'<p class="quiet" lang="{lang}">{plain(text("classroom.link.long", lang))}</p>')
    else:
        st.html(drawn(reached, text("classroom.link.qr", lang, url=reached)))


def drawn(address: str, means: str) -> str:
    """A QR code as HTML: black on white in both themes, since not every phone reads the inverse."""
    squares = segno.make(address, micro=False).svg_data_uri(border=QUIET, dark="black", light="white")
    return f'<img class="qr" src="{plain(squares)}" alt="{plain(means)}">'
