"""A digit stays within its frame, bounces as light does, and the frames hold it and nothing else."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis.strategies import integers, sampled_from

from rnn_core.tasks.video.motion import LAST, SPEEDS, bounce, draw_paths, render, still
from rnn_core.tasks.video.spec import SIDE


@given(integers(0, LAST), integers(0, LAST), sampled_from(SPEEDS), sampled_from(SPEEDS))
def test_it_stays_inside_and_turns_only_at_an_edge(row: int, column: int, down: int, right: int) -> None:
    places, came = bounce(np.array([[row, column]]), np.array([[down, right]]), 40)
    assert ((places >= 0) & (places <= LAST)).all()
    for axis, speed in ((0, down), (1, right)):
        assert set(np.abs(came[0, :, axis])) == {abs(speed)}
        turns = np.flatnonzero(np.diff(np.sign(came[0, :, axis])))
        assert all(places[0, turn, axis] + came[0, turn, axis] not in range(LAST + 1) for turn in turns)
    again = [place.tolist() for place in places[0]]
    assert again[0] == [row, column]


def test_a_frame_is_the_image_at_its_place_and_black() -> None:
    generator = np.random.default_rng(0)
    images = generator.random((3, 8, 8)).astype(np.float32)
    places = draw_paths(3, 5, generator)
    frames = render(still(images, 5), places)
    assert frames.shape == (3, 5, SIDE, SIDE)
    for clip in range(3):
        for step in range(5):
            row, column = places[clip, step]
            want = np.zeros((SIDE, SIDE), np.float32)
            want[row : row + 8, column : column + 8] = images[clip]
            np.testing.assert_array_equal(frames[clip, step], want)
