from __future__ import annotations

import numpy as np

from rnn_core.models import melody_units
from rnn_core.models.composing import Drawn
from rnn_core.models.melody_units import MEASURES, PROPERTIES, clamp, score
from rnn_core.tasks.music.melodies import Melody, Note
from rnn_core.tasks.music.spec import MusicSpec

LINE = Melody("bwv1", 16, 12, (Note(60, 4), Note(62, 4), Note(64, 12), Note(57, 8)), frozenset({2}))


def test_a_property_is_what_the_line_says() -> None:
    found = {row.key: row.label(LINE).tolist() for row in PROPERTIES}
    assert found["phrase_end"] == [0, 0, 1, 0]
    assert found["phrase_left"][:3] == [2, 1, 0]
    assert np.isnan(found["phrase_left"][3])  # the line goes on after its last mark
    assert found["downbeat"] == [1, 0, 1, 0]
    assert found["minor"] == [1, 1, 1, 1]
    elsewhere = Melody("bwv2", 16, 0, (Note(62, 4),), frozenset())
    assert np.isnan([row.label(elsewhere)[0] for row in PROPERTIES if row.key in ("minor", "phrase_left")]).all()


def test_a_measure_counts() -> None:
    melodies = [Drawn((Note(60, 8), Note(61, 8), Note(69, 4)), ended=True), Drawn((Note(62, 4),), ended=False)]
    assert MEASURES["in_scale"](melodies) == (3, 4)
    assert MEASURES["on_tonic"](melodies) == (1, 1)
    assert MEASURES["metre"](melodies) == (1, 2)
    assert MEASURES["ends"](melodies) == (1, 2)
    assert MEASURES["on_tonic"]([Drawn((), ended=True)]) == (0, 0)


def test_units_follow_the_end_of_a_phrase_beyond_chance_and_without_them_fewer_melodies_end() -> None:
    spec = MusicSpec(cell="lstm")
    scores = {one.key: one for one in score(spec)}
    assert list(scores) == [row.key for row in PROPERTIES]
    for key in ("phrase_end", "phrase_left", "downbeat"):
        assert abs(scores[key].r[scores[key].order[0]]) > scores[key].chance
    found = clamp(spec, scores["phrase_end"], 4)
    assert found.units == scores["phrase_end"].order[:4]
    free, clamped, others = found.rows["ends"]
    assert free.of == melody_units.DRAWN == found.drawn
    assert clamped.right < 0.85 * min(free.right, others.right)
    assert next(iter(found.rows)) == "ends"
