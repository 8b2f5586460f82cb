from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis.strategies import integers

from rnn_core.statistics.frames import centre_errors, centres, frame_errors


def test_errors_are_numpys() -> None:
    one, other = np.random.default_rng(0).random((2, 3, 5, 12))
    np.testing.assert_allclose(frame_errors(one, other), ((one - other) ** 2).mean(-1))


@given(integers(0, 3), integers(0, 5))
def test_the_centre_of_one_pixel_is_its_place(row: int, column: int) -> None:
    frame = np.zeros((4, 6))
    frame[row, column] = 0.3
    assert centres(frame.ravel(), 6).tolist() == [row, column]
    moved = np.roll(frame, 1, axis=1)
    if column < 5:
        assert centre_errors(frame.ravel(), moved.ravel(), 6) == 1.0


def test_a_dark_frame_has_no_centre() -> None:
    assert np.isnan(centres(-np.ones(4), 2)).all()
    assert np.isnan(centre_errors(np.zeros(4), np.ones(4), 2))
