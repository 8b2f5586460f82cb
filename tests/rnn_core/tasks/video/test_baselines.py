"""The rules against numpy: each is exact where what it assumes is true."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_core.statistics.frames import frame_errors
from rnn_core.tasks.video.baselines import BASELINES, copy_last, extrapolate, move_on, roll_on
from rnn_core.tasks.video.motion import render, still


def across(steps: tuple[int, int], frames: int = 4) -> np.ndarray:
    image = np.random.default_rng(0).random((1, 8, 8)).astype(np.float32)
    places = np.array([[4, 4]]) + np.arange(frames)[:, None] * np.array([steps])
    return render(still(image, frames), places[None])


def test_a_frame_that_stays_is_predicted_by_all() -> None:
    film = across((0, 0))
    for rule in BASELINES.values():
        np.testing.assert_allclose(rule(film), film)


@pytest.mark.parametrize("steps", [(1, 1), (-1, 0), (0, 1)])
def test_a_digit_that_goes_on_is_predicted_exactly_by_moving_on(steps: tuple[int, int]) -> None:
    film = across(steps)
    np.testing.assert_array_equal(move_on(film)[0, 1:-1], film[0, 2:])
    assert frame_errors(copy_last(film)[0, 1:-1].reshape(2, -1), film[0, 2:].reshape(2, -1)).min() > 0
    np.testing.assert_array_equal(roll_on("moved", film[0, :2], 2), film[0, 2:])


def test_light_that_grows_evenly_is_predicted_by_extrapolation() -> None:
    film = np.linspace(0.1, 0.7, 4)[None, :, None, None] * np.ones((1, 1, 4, 6))
    np.testing.assert_allclose(extrapolate(film)[0, 1:-1], film[0, 2:])
    np.testing.assert_allclose(roll_on("linear", film[0, :2], 2), film[0, 2:])
    assert extrapolate(np.stack([film[0, 0], film[0, 0] + 0.8])[None]).max() <= 1


def test_a_dark_film_breaks_nothing() -> None:
    for name, rule in BASELINES.items():
        assert not rule(np.zeros((1, 3, 16, 16))).any()
        assert roll_on(name, np.zeros((1, 16, 16)), 3).shape == (3, 16, 16)
