from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, next_note
from rnn_core.models.composing import compose
from rnn_core.tasks.music.melodies import Note
from rnn_core.tasks.music.notation import pitch_name
from rnn_core.tasks.music.spec import MusicSpec
from tests.rnn_core.figures.cases import sound, traces

MELODY = compose(MusicSpec(cell="gru"), (Note(67, 4), Note(72, 4)), 2.0, 0)


@pytest.mark.parametrize(("lang", "kind"), [("en", "pitch"), ("ja", "length")])
@pytest.mark.parametrize("step", [0, 1, -1])
def test_the_bars_are_what_the_next_note_is_drawn_from(lang: str, kind: str, step: int) -> None:
    picture = sound(next_note(MELODY, step, kind, lang=lang, theme=Theme()))
    (bars,) = traces(picture)
    row = (MELODY.drawn if kind == "pitch" else MELODY.drawn_length)[step]
    np.testing.assert_array_equal(bars["x"], np.sort(row)[::-1][:8])
    assert picture.key == f"next_{kind}"
    assert pitch_name(MELODY.notes[step].pitch) in picture.finding
    assert len(next(iter(picture.table.values()))) == len(row)


def test_a_certain_note_is_certain_and_the_end_has_its_name() -> None:
    cold = compose(MusicSpec(cell="gru"), (Note(67, 4), Note(72, 4)), 0.0, 0)
    picture = sound(next_note(cold, 0, "pitch", lang="en", theme=Theme()))
    assert "100%" in picture.finding
    assert "the end" in next(iter(picture.table.values()))
