from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import film, video_worst
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces

FRAMES = np.random.default_rng(0).random((4, 3, 3))


@pytest.mark.parametrize(("off", "said"), [(1.25, "1.25 pixels"), (np.nan, "dark")])
def test_what_came_stands_beside_what_was_predicted(off: float, said: str) -> None:
    for lang, look in zip(LANGUAGES, LOOKS, strict=False):
        picture = sound(video_worst(FRAMES[:2], FRAMES[2], FRAMES[3], off, 12, "lstm", lang=lang, theme=look))
        np.testing.assert_array_equal(traces(picture)[0]["z"], film.tile(FRAMES[None]).astype(np.float32))
        assert [under[:2] for under in picture.figure.layout.xaxis.ticktext] == ["10", "11", "12", "12"]
        assert lang == "ja" or said in picture.finding
