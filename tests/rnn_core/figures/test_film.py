from __future__ import annotations

import numpy as np

from rnn_core.figures import Theme, film


def test_each_frame_is_whole_at_its_place() -> None:
    frames = np.random.default_rng(0).random((2, 3, 4, 5))
    whole = film.tile(frames)
    for row in range(2):
        for column in range(3):
            at = (row * (4 + film.GAP), column * (5 + film.GAP))
            np.testing.assert_array_equal(whole[at[0] : at[0] + 4, at[1] : at[1] + 5], frames[row, column])
    assert np.isfinite(whole).sum() == frames.size
    across, down = film.axes(frames, "abc", "xy", Theme())
    assert across["tickvals"] == film.middles(3, 5) == [2.0, 9.0, 16.0]
    assert down["range"] == [whole.shape[0] - 0.5, -0.5]
    narrow, wide = (film.height(frames, 190, Theme(narrow=one)) for one in (True, False))
    assert narrow < wide == 190
    assert film.shown(frames, "size", (0, 1), Theme())["zmax"] == 1
