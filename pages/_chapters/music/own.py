"""A beginning of the reader's own: played on keys, written as text, or the highest voice of a MIDI file."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.music import OWN
from pages._ui import blocks, controls
from pages._ui.components.piano_keys import piano_keys
from pages._ui.file_field import file_field
from pages._ui.words import markdown, plain
from rnn_core.errors import KiokuError
from rnn_core.messages import text
from rnn_core.tasks.music.melodies import MOST_GIVEN
from rnn_core.tasks.music.midi import KILOBYTES, read_midi
from rnn_core.tasks.music.notation import fitted, write_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.shell import View
    from rnn_core.tasks.music.melodies import Note

FILE = "midi_file"


def show(view: View) -> None:
    """Draw the part: the keys, the text, the file."""
    lang = view.lang
    limits = {"most": MOST_GIVEN, "size": KILOBYTES}
    said = f'<p class="lead" lang="{lang}">{plain(text("music.play_lead", lang, **limits))}</p>'
    blocks.part(view, "music.play", said, anchor="play")
    piano_keys(lang, view.text("cell"), key=view.key("piano_keys"), on_played_change=take)  # type: ignore[arg-type]
    with st.container(horizontal=True, vertical_alignment="bottom", key="own_row"):
        st.text_input(text("controls.melody.label", lang), key="melody", on_change=_written)
        file_field(markdown(text("music.file", lang)), lang, key=FILE, most=1, kinds=("mid", "midi"), on_change=_handed)
    with blocks.errors_shown(view):
        _said(view)


def take(notes: Sequence[Note]) -> None:
    """Go on with these notes."""
    controls.take({"begins": OWN, "melody": write_notes(notes), "t": None})


def _written() -> None:
    controls.take({"begins": OWN, "t": None})


def _handed() -> None:
    """Go on with what a file has; what is wrong with it is said where it was handed in."""
    given = st.session_state.get(FILE)
    if given is not None:
        with suppress(KiokuError):
            take(fitted(read_midi(given.getvalue()).notes)[0])


def _said(view: View) -> None:
    """What was taken of a file."""
    given = st.session_state.get(FILE)
    if given is None:
        return
    found = read_midi(given.getvalue())
    notes, moved = fitted(found.notes)
    said = [text("music.midi_taken", view.lang, count=len(notes))]
    said += [text("music.midi_moved", view.lang, shift=f"{moved:+d}".replace("-", "−"))] if moved else []
    said += [text("music.midi_cut", view.lang, most=MOST_GIVEN)] if found.cut else []
    said += [text("music.midi_chords", view.lang)] if found.chords else []
    st.html("".join(f'<p class="quiet" lang="{view.lang}">{plain(one)}</p>' for one in said))
