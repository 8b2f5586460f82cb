from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import film, video_gradient
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_slopes_are_drawn_on_one_scale_and_the_largest_is_said(lang: str) -> None:
    slopes, frames = np.zeros((3, 4, 4)), np.random.default_rng(0).random((3, 4, 4))
    slopes[1, 2, 3] = -0.5
    picture = sound(video_gradient(slopes, frames, np.array([0.2, 0.5, 0.3]), 9, lang=lang, theme=LOOKS[0]))
    cells, lit = traces(picture)
    np.testing.assert_array_equal(cells["z"], film.tile(slopes[None]).astype(np.float32))
    assert (cells["zmin"], cells["zmax"]) == (-0.5, 0.5)
    np.testing.assert_array_equal(lit["z"], film.tile(frames[None]).astype(np.float32))
    assert all(one in picture.finding for one in ("7", "3", "4", "30%", "8"))
    none = sound(video_gradient(slopes * 0, frames, np.zeros(3), 9, lang=lang, theme=LOOKS[3]))
    assert "30%" not in none.finding
