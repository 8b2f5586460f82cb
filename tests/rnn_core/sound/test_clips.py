from __future__ import annotations

import numpy as np
import pytest

from rnn_core.sound.clips import CLIPS, PAUSE, STEP, audible, scene, symbol
from rnn_core.sound.rate import RATE


@pytest.mark.parametrize("name", CLIPS)
def test_every_clip_is_a_short_sound_within_bounds(name: str) -> None:
    found = scene(name)
    assert found.samples.dtype == np.float32
    assert 2 * RATE < len(found.samples) < 5 * RATE
    assert np.abs(found.samples).max() <= 1
    assert found.spoken is not None
    assert len(found.spoken) == -(-len(found.samples) // STEP)
    assert bool(found.spoken.any()) == (name in ("digits", "letters", "japanese"))
    assert scene(name) is found


def test_words_have_pauses_between_them() -> None:
    spoken = scene("digits").spoken
    begins = np.flatnonzero(np.diff(spoken.astype(int)) == 1)
    ends = np.flatnonzero(np.diff(spoken.astype(int)) == -1)
    assert len(begins) == len(ends) == 3
    assert ((begins[1:] - ends[:-1]) * STEP / RATE >= PAUSE - 0.05).all()


def test_audible_is_what_is_loud_and_the_short_gaps_in_it() -> None:
    loud = np.repeat([0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0.01], STEP)
    assert audible(loud).astype(int).tolist() == [0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0]


def test_a_symbol_is_some_tenths_of_a_second() -> None:
    assert all(0.1 * RATE < len(symbol(name)) < RATE for name in "0123456789AZ")
