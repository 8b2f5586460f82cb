from __future__ import annotations

import numpy as np
import pytest

from rnn_core.tasks.video.film import Film, container


@pytest.mark.parametrize("data", [b"", b"GIF", b"PK\x03\x04", b"\0\0\0 moov", b"ftyp"])
def test_what_is_neither_is_told_by_its_bytes(data: bytes) -> None:
    assert container(data) is None


def test_frames_are_rows_of_pixels_and_stay_as_they_are() -> None:
    film = Film(np.zeros((3, 18, 32), np.float32), (64, 36))
    assert film.pixels.shape == (3, 576)
    with pytest.raises(ValueError, match="read-only"):
        film.frames[0] = 1
