from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from pages._ui.components.melody_roll import UNITS, drawing, rows
from rnn_core.messages import LANGUAGES
from rnn_core.models.composing import compose
from rnn_core.sound.synth import NOTE_RATE
from rnn_core.tasks.music.melodies import MOST_NOTES, Note
from rnn_core.tasks.music.spec import MusicSpec

MELODY = compose(MusicSpec(cell="lstm"), (Note(67, 4), Note(72, 8)), 1.0, 0)


def unpacked(text: str, kind: str = "<f4") -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), kind)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_drawn_is_what_was_computed(lang: str) -> None:
    found = drawing(lang, MELODY)
    assert found["notes"] == [[note.pitch, note.length] for note in MELODY.notes]
    np.testing.assert_array_equal(unpacked(found["odds"]), MELODY.drawn.astype("f4").ravel())
    np.testing.assert_array_equal(unpacked(found["spans"]), MELODY.drawn_length.astype("f4").ravel())
    assert found["begins"][-1] == sum(note.length for note in MELODY.notes)
    assert len(unpacked(found["sound"], "i1")) == round(found["begins"][-1] * found["sixteenth"] * NOTE_RATE)
    for row in found["rows"]:
        assert len(unpacked(row["values"])) == len(MELODY.notes) * UNITS
    json.dumps(found)


def test_every_note_has_its_row_and_the_longest_melody_is_little_to_send() -> None:
    low, high = rows(MELODY)
    assert all(low <= note.pitch <= high for note in MELODY.notes)
    longest = compose(MusicSpec(cell="rnn"), tuple(Note(57 + at % 27, 4) for at in range(MOST_NOTES)), 1.0, 0)
    assert len(json.dumps(drawing("ja", longest))) < 600_000
