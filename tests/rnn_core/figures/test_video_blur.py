from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import film, video_blur
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces


@pytest.mark.parametrize("lang", LANGUAGES)
def test_five_frames_stand_beside_each_other_with_their_costs(lang: str) -> None:
    frames = np.random.default_rng(0).random((5, 4, 4))
    costs = np.array([[0, 0.12], [0.12, 0], [0.03, 0.03], [0.05, 0.04]])
    picture = sound(video_blur(frames, costs, np.arange(4) / 9, "rnn", lang=lang, theme=LOOKS[2]))
    np.testing.assert_array_equal(traces(picture)[0]["z"], film.tile(frames[None]).astype(np.float32))
    assert "0.12" in picture.finding
    assert "0.03" in picture.finding
