from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._ui.components.piano_keys import LETTERS, MIDDLE_C, read
from rnn_core.tasks.music.melodies import LENGTHS, MOST_GIVEN, PITCHES, Note

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda one: st.lists(one, max_size=4),
    max_leaves=8,
)


def test_every_letter_has_a_key() -> None:
    assert len(set(LETTERS)) == len(LETTERS)
    assert MIDDLE_C + len(LETTERS) - 1 in PITCHES


def test_what_was_played_is_taken() -> None:
    assert read([[60, 4], [84, 2]]) == (Note(60, 4), Note(84, 2))


@pytest.mark.parametrize("said", [None, [], [[60]], [[60, 5]], [[1, 4]], [["C4", 4]], [[60, 4]] * (MOST_GIVEN + 1)])
def test_anything_else_is_nothing(said: object) -> None:
    assert read(said) == ()


@given(ANYTHING)
def test_whatever_a_browser_says_is_notes_or_nothing(said: object) -> None:
    assert all(note.pitch in PITCHES and note.length in LENGTHS for note in read(said))
