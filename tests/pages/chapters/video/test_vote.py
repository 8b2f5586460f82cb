from __future__ import annotations

import pytest

from tests.pages.voting import asked, right


@pytest.mark.parametrize(
    ("motion", "answer"),
    [("bounce", "frame 2: direction not known yet"), ("hidden", "frame 12: it reappears"), ("own", "another frame")],
)
def test_the_frame_of_the_peak_was_measured(motion: str, answer: str) -> None:
    found = right("video", motion=motion, cell="lstm")
    assert found == (answer,) or (motion == "own" and len(found) == 1)


def test_every_clip_can_be_voted_on() -> None:
    sizes = [asked("video", motion=motion).size for motion in ("bounce", "hidden", "change", "own")]  # type: ignore[union-attr]  # there is one
    assert all(2 < size <= 6 for size in sizes)
