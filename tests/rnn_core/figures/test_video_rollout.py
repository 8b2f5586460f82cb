from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import film, video_rollout
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces

FRAMES = np.random.default_rng(0).random((2, 3, 4, 4))


@pytest.mark.parametrize(
    ("off", "said"),
    [([0.5, 1.0, 2.0], "frame 9"), ([np.nan, 1.0, np.nan], "frame 8."), ([np.nan] * 3, "Nothing is visible")],
)
def test_both_films_are_drawn_and_the_drift_is_said(off: list[float], said: str) -> None:
    for lang, look in zip(LANGUAGES, LOOKS, strict=False):
        picture = sound(video_rollout(FRAMES[0], FRAMES[1], np.array(off), 6, "gru", lang=lang, theme=look))
        np.testing.assert_array_equal(traces(picture)[0]["z"], film.tile(FRAMES).astype(np.float32))
        assert lang == "ja" or said in picture.finding
