from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.video import computed
from rnn_core.figures.by_horizon import NETWORK
from rnn_core.quantities import CELLS
from rnn_core.statistics.frames import frame_errors
from rnn_core.tasks.video.baselines import BASELINES
from rnn_core.tasks.video.spec import FRAMES


@pytest.mark.parametrize("cell", CELLS)
def test_everything_is_of_the_clip_that_is_shown(cell: str) -> None:
    clip = computed.clip("hidden", 7, None)
    found = computed.watched(cell, clip)
    assert found.surprise.shape == (FRAMES - 1,)
    said, off = computed.rolled(cell, clip, 4)
    assert said.shape[0] == len(off) == FRAMES - 4
    np.testing.assert_allclose(said[0].ravel(), found.said[3], atol=1e-5)
    assert np.isnan(off).sum() == 3  # the dark frames
    slopes, shares = computed.slopes(cell, clip, 2)
    assert slopes.shape == (2, 16, 16)
    assert shares.sum() == pytest.approx(1)
    frames, costs, every = computed.blurred(cell, 7)
    assert (len(frames), costs.shape, every.shape) == (5, (4, 2), (4,))
    assert computed.drift(cell)[NETWORK] == tuple(computed.entry(cell)["drift"])


@pytest.mark.parametrize("cell", CELLS)
def test_the_frame_that_is_shown_as_the_worst_has_the_error_of_the_manifest(cell: str) -> None:
    before, came, said, off = computed.worst(cell)
    assert before.shape == (computed.BEFORE, *came.shape)
    assert float(np.square(came - said).mean()) == pytest.approx(computed.entry(cell)["worst"][2], rel=1e-3)
    assert off >= 0


def test_the_baselines_are_those_of_the_library() -> None:
    clip = computed.clip("bounce", 0, None)
    for name, errors in computed.beside(clip).items():
        said = BASELINES[name](clip.frames[None])[0]
        np.testing.assert_allclose(errors, frame_errors(said[:-1].reshape(FRAMES - 1, -1), clip.pixels[1:]))
