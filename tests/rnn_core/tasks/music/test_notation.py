from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.tasks.music.melodies import LENGTHS, MOST_GIVEN, PITCHES, Note, in_scale
from rnn_core.tasks.music.notation import fitted, read_notes, write_notes

NOTES = st.lists(st.builds(Note, st.sampled_from(PITCHES), st.sampled_from(LENGTHS)), min_size=1, max_size=MOST_GIVEN)
MAJOR = (0, 2, 4, 5, 7, 9, 11, 12)


@given(NOTES)
def test_notes_are_read_as_they_were_written(notes: list[Note]) -> None:
    assert read_notes(write_notes(notes)) == tuple(notes)


@given(st.text(max_size=80))
def test_any_text_is_notes_or_a_sentence(text: str) -> None:
    with suppress(KiokuError):
        assert 0 < len(read_notes(text)) <= MOST_GIVEN


@pytest.mark.parametrize(
    ("text", "code"),
    [("  ", "notes_none"), ("H4", "note_unreadable"), ("C9", "note_range"), ("C4:x", "note_unreadable")],
)
def test_what_is_no_note_is_said(text: str, code: str) -> None:
    with pytest.raises(KiokuError) as found:
        read_notes(text)
    assert found.value.code == code


def test_no_more_than_the_most_are_read_and_another_length_becomes_the_nearest() -> None:
    assert len(read_notes("C4 " * 900)) == MOST_GIVEN
    assert read_notes("C4:2.5 D♯4") == (Note(60, 8), Note(63, 4))


@pytest.mark.parametrize("key", range(-30, 31, 5))
def test_a_scale_of_any_key_and_octave_comes_into_the_one_without_sharps(key: int) -> None:
    found, moved = fitted([Note(60 + key + step, 4) for step in MAJOR])
    assert in_scale(found) == len(MAJOR)
    assert all(note.pitch in PITCHES for note in found)
    assert (key + moved) % 12 in (
        0,
        5,
        7,
    )  # the scale of F or G has one note of its own, which is not among these twice


@given(st.lists(st.builds(Note, st.integers(0, 127), st.sampled_from(LENGTHS)), min_size=1, max_size=MOST_GIVEN))
def test_whatever_comes_fits(notes: list[Note]) -> None:
    found, _ = fitted(notes)
    assert [note.length for note in found] == [note.length for note in notes]
    assert all(note.pitch in PITCHES for note in found)
    assert read_notes(write_notes(found)) == found
