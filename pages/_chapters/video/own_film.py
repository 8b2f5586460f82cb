"""A reader's own film: read in a process of its own, learned from while they wait, and judged; nothing of it is stored.

What came of it stays in the reader's session, for as long as that lasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, lab, turns
from pages._ui.file_field import take_file
from pages._ui.words import markdown, plain
from rnn_core import figures
from rnn_core.figures.captions import number, signed
from rnn_core.messages import text
from rnn_core.tasks.video.film import BYTES, LEAST, MOST, PIXELS
from rnn_core.tasks.video.film_file import read_film
from rnn_core.training.lab.apart import compute_apart

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.quantities import Recurrent
    from rnn_core.tasks.video.film import Film
    from rnn_core.training.own_film import LearnedFilm

KEPT, ASKED, FILE, READ = "video_own", "video_own_asked", "own_film", "video_own_read"
KINDS = ("gif", "mp4")
MARKS = {-1: "wrong", 0: "near", 1: "right"}  # of a verdict, as those on a guess have them


@dataclass(frozen=True, eq=False)
class Kept:
    """What a session has of a file: which it was, with which cell, and what came of it."""

    name: str
    found: LearnedFilm


@dataclass(frozen=True, eq=False)
class Read:
    """The film of a file."""

    name: str
    film: Film


def shown(view: View, cell: Recurrent) -> None:
    """Where a film is handed in; what was read; and what a network makes of it."""
    blocks.part(view, "own_film.ask", anchor="film")
    limits = {"least": LEAST, "most": MOST, "size": BYTES // 2**20, "pixels": f"{PIXELS / 1e6:.1f}"}
    st.html(f'<p class="lead" lang="{view.lang}">{plain(text("own_film.lead", view.lang, **limits))}</p>')
    handed = take_file(
        markdown(text("own_film.file", view.lang)), view.lang, key=FILE, most=BYTES // 2**20, kinds=tuple(KINDS)
    )
    if handed is None:
        for slot in (KEPT, READ):
            st.session_state.pop(slot, None)
        return
    with blocks.errors_shown(view):
        data = handed.getvalue()
        name = sha256(data).hexdigest()
        film = _film(data, name)
        lab.prepare()  # while the reader looks at what was read
        _told(view, film)
        found = _learned(view, film, f"{name}-{cell}", cell)
        if found is not None:
            _judged(view, found, cell)


def _film(data: bytes, name: str) -> Film:
    """The frames of a file, decoded once."""
    kept = st.session_state.get(READ)
    if isinstance(kept, Read) and kept.name == name:
        return kept.film
    with turns.turn():
        film = read_film(data)
    st.session_state[READ] = Read(name, film)
    return film


def _told(view: View, film: Film) -> None:
    """What was read, and what was left out."""
    lang, (width, height) = view.lang, film.size
    said = text("own_film.read", lang, count=len(film.frames), width=width, height=height)
    st.html(f'<p class="finding" lang="{lang}">{plain(said)}</p>')
    if film.cut:
        st.info(markdown(text(f"own_film.cut.{film.cut}", lang, count=len(film.frames))))


def _learned(view: View, film: Film, name: str, cell: Recurrent) -> LearnedFilm | None:
    """What came of this film with this cell: at once where it is there, else once the reader asks for it."""
    kept = st.session_state.get(KEPT)
    if isinstance(kept, Kept) and kept.name == name:
        return kept.found
    line = st.empty()
    if st.session_state.get(ASKED) != name:
        line.button(text("own_film.train", view.lang), key="film_train", type="primary", on_click=_ask, args=(name,))
        return None
    # a click on it ends this run, and with it the training
    line.button(text("own_film.cancel", view.lang), key="film_cancel", on_click=_ask, args=(None,))
    with turns.turn():
        from rnn_core.training.own_film import learn  # needs torch

        found = compute_apart(learn, film, cell)
    line.empty()
    st.session_state[KEPT] = Kept(name, found)
    return found


def _ask(name: str | None) -> None:
    st.session_state[ASKED] = name


def _judged(view: View, found: LearnedFilm, cell: Recurrent) -> None:
    """The verdict in words, and the curves of both."""
    cuts = (found.cuts.found, found.cuts.missed, found.cuts.beside)
    drawn = figures.film_surprise(found.change, found.surprise, found.learned, cuts, cell, **view.style)
    kind = MARKS[found.gain.side]
    said = f'<p class="verdict {kind}" lang="{view.lang}" role="status">{plain(verdict(found, view.lang))}</p>'
    blocks.picture(view, drawn, above=said)


def verdict(found: LearnedFilm, lang: str) -> str:
    """Whether the network predicts the rest better than copy-last does, with the interval of the difference."""
    which = {-1: "worse", 0: "level", 1: "better"}[found.gain.side]
    ours, theirs = found.errors
    low, mean, high = found.gain
    places = {"ours": number(ours), "theirs": number(theirs), "mean": signed(mean), "low": number(low)}
    return text(f"own_film.verdict.{which}", lang, **places, high=number(high))
