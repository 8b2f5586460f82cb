"""A film from its bytes by way of the process: frames, or a sentence; and the process ends whatever happens."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from rnn_core import progress
from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES
from rnn_core.tasks.video import film_file
from rnn_core.tasks.video.film import BYTES, HIGH, MOST, WIDE
from rnn_core.tasks.video.film_file import read_film
from tests.rnn_core.tasks.video.films import endless, gif, mp4, zipped


def test_a_film_comes_back_small_and_grey() -> None:
    told: list[float] = []
    with progress.watched(told.append):
        film = read_film(mp4(30))
    assert film.frames.shape == (30, HIGH, WIDE)
    assert (film.size, film.cut) == ((64, 36), "")
    assert film.frames.dtype == np.float32
    assert 0 <= film.frames.min() < 0.2 < 0.8 < film.frames.max() <= 1
    assert told


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped(), "film_kind"),
        (b"", "film_kind"),
        (b"GIF89a" + bytes(BYTES), "film_large"),
        (gif(2), "film_short"),
        (mp4(40)[:-300], "film_damaged"),
        (mp4(1, 3840, 2160), "film_size"),
    ],
)
def test_each_bad_film_is_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(KiokuError) as error:
        read_film(data)
    assert error.value.code == code
    assert all(error.value.text(lang) for lang in LANGUAGES)


def test_of_ten_thousand_frames_the_first_are_read_and_that_is_told() -> None:
    film = read_film(endless(10_000))
    assert (len(film.frames), film.cut) == (MOST, "frames")


@pytest.mark.parametrize("code", ["film_size", "film_no_video", "film_heavy", "anything"])
def test_what_the_process_refuses_is_said(code: str) -> None:
    found = film_file._refused(code, (3840, 2160))
    assert found.code == (code if code != "anything" else "film_damaged")
    assert ("3840" in found.text("en")) == (code == "film_size")


def test_one_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film_file, "DEADLINE", 0.3)
    monkeypatch.setattr(film_file, "DECODER", (sys.executable, "-c", "import time; time.sleep(60)"))
    with pytest.raises(KiokuError) as error:
        read_film(gif(30))
    assert error.value.code == "film_slow"


def test_more_than_an_answer_is_not_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    flood = "import sys\nwhile True: sys.stdout.buffer.write(bytes(2**16))"
    found, late = film_file._run((sys.executable, "-c", flood), b"")
    assert len(found) == film_file.ANSWER
    assert not late


def test_whoever_watches_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film_file, "DECODER", (sys.executable, "-c", "import time; time.sleep(60)"))

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), progress.watched(stop):
        read_film(gif(30))
