"""A beginning of the reader's own: keys, text, a MIDI file; nothing of it is kept, and what is none is a sentence."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from pages._chapters.music import own
from pages._ui.memo import STORE
from rnn_core.messages import LANGUAGES, text
from rnn_core.tasks.music.melodies import Note
from rnn_core.tasks.music.midi import write_midi
from tests.pages.opening import at_address
from tests.pages.reading import drawing, html
from tests.rnn_core.tasks.music.test_midi import made, off, on

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

D_MAJOR = [Note(62, 4), Note(66, 4), Note(69, 4), Note(73, 8)]


@pytest.fixture(autouse=True)
def handing(warm: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A button for the field of files, since a test has none: it calls what the field would."""
    monkeypatch.setattr(st, "file_uploader", lambda *_, on_change, **__: st.button("hand in", on_click=on_change))


def handed(data: bytes, lang: str = "en") -> AppTest:
    at = at_address("music", {"lang": lang}).run()
    at.session_state[own.FILE] = io.BytesIO(data)
    next(one for one in at.button if one.label == "hand in").click()
    return at.run()


def test_a_file_is_gone_on_with_in_the_key_that_the_networks_know() -> None:
    kept = len(STORE)
    at = handed(write_midi(D_MAJOR))
    assert not at.exception
    assert not at.error
    assert [one[0] for one in drawing(at, "melody_roll")["notes"]][:4] == [60, 64, 67, 71]
    assert at.query_params["melody"] in ("C4 E4 G4 B4:2", ["C4 E4 G4 B4:2"])
    assert text("music.midi_moved", "en", shift="−2") in html(at)
    assert not any(own.FILE in str(key) for key in list(STORE._kept)[kept:])


def test_chords_and_what_is_left_out_are_said() -> None:
    at = handed(made([on(72), on(60), off(72), off(60, 0)] * 30), "ja")
    assert text("music.midi_chords", "ja") in html(at)
    assert text("music.midi_cut", "ja", most=24) in html(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_melody_is_a_sentence_and_the_page_stays(lang: str) -> None:
    at = handed(b"MThd" + bytes(40), lang)
    assert [one.value for one in at.error] == [text("errors.midi_damaged", lang)]
    assert drawing(at, "melody_roll")["given"] == 7


def test_what_is_written_is_gone_on_with_and_no_note_is_a_sentence() -> None:
    at = at_address("music", {"lang": "en"}).run()
    at.text_input(key="melody").set_value("G4 C5:2").run()
    assert drawing(at, "melody_roll")["notes"][:2] == [[67, 4], [72, 8]]
    at.text_input(key="melody").set_value("G4 hello").run()
    assert ["“hello” is no note" in one.value for one in at.error] == [True]
    assert at.text_input(key="melody").value == "G4 hello"
