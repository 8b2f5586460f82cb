from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.speech.heard import CONTRASTS, verdict
from rnn_core.sound.clips import scene
from rnn_core.speech.detector import listen
from rnn_core.speech.facts import HALF
from rnn_core.speech.measures import change, counted, errors, hangover


@pytest.mark.parametrize(
    ("measured", "guess", "wanted"), [(3, 3, "right"), (3, 2, "near"), (0, 1, "near"), (3, 0, "wrong")]
)
def test_a_guess_is_right_near_or_not(measured: int, guess: int, wanted: str) -> None:
    assert verdict(measured, guess) == wanted


def test_each_contrast_shows_what_it_is_called() -> None:
    found = {
        one.name: (scene(one.sets["sound"]), listen(scene(one.sets["sound"]).samples, float(one.sets["held"])))
        for one in CONTRASTS
    }
    assert [change(found[name][1], HALF) for name in ("endless", "emptied", "words", "music")] == [
        "more",
        "fewer",
        "fewer",
        None,
    ]
    sound, heard = found["endless"]
    assert (hangover(heard.clamped, sound.spoken, HALF) or 0) > 20
    sound, heard = found["words"]
    later = sound.spoken & (np.arange(len(sound.spoken)) > 30)  # the second word and the third
    assert errors(heard.clamped, later, HALF).missed > 2 * errors(heard.own.speech, later, HALF).missed
    assert counted(found["music"][1].clamped, HALF) > 5
