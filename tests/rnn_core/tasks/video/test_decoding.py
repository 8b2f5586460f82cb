"""The decoder itself, here without its process: what it reads, where it stops, and what it refuses."""

from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import binary, sampled_from
from PIL import Image

from rnn_core.checkout import ROOT
from rnn_core.tasks.video import decoding
from rnn_core.tasks.video.decoding import RefusedError, decode
from rnn_core.tasks.video.film import HIGH, WIDE
from tests.rnn_core.tasks.video.films import gif, mp4, pictures, sound


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests have used the processor for longer than the decoder may."""
    monkeypatch.setattr(decoding, "ENOUGH", float("inf"))


@pytest.mark.parametrize("make", [gif, mp4])
def test_frames_are_the_films_shrunk(make: object) -> None:
    head, frames = decode(make(25))  # type: ignore[operator]  # makes a file
    assert head == {"count": 25, "size": (64, 36), "cut": ""}
    found = np.frombuffer(frames, np.uint8).reshape(25, HIGH, WIDE).astype(int)
    want = np.stack(
        [np.asarray(Image.fromarray(one).resize((WIDE, HIGH), Image.Resampling.BOX)) for one in pictures(25)]
    )
    assert np.abs(found - want).mean() < 6  # an MP4 loses a little


@pytest.mark.parametrize(
    ("data", "code"), [(sound(), "film_no_video"), (mp4(1, 3840, 2160), "film_size 3840 2160"), (b"PK", "film_kind")]
)
def test_what_is_not_read_is_refused_by_a_code(data: bytes, code: str) -> None:
    with pytest.raises(RefusedError, match=code):
        decode(data)


def test_a_declared_size_is_refused_before_it_takes_memory() -> None:
    file = io.BytesIO()
    Image.new("L", (8, 8)).save(file, "GIF")
    data = bytearray(file.getvalue())
    data[6:10] = b"\xff\xff\xff\xff"
    with pytest.raises(RefusedError, match="film_size 65535 65535"):
        decode(bytes(data))


def test_so_many_frames_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MOST", 10)
    assert {decode(make(12))[0]["cut"] for make in (gif, mp4)} == {"frames"}
    assert {decode(make(10))[0]["cut"] for make in (gif, mp4)} == {""}
    monkeypatch.setattr(decoding, "ENOUGH", 0.0)
    assert decode(gif(5))[0] == {"count": 0, "size": (0, 0), "cut": "time"}


def test_what_breaks_off_is_read_until_there() -> None:
    head, _ = decode(gif(30)[:-900])
    assert head["cut"] == "broken"
    assert 0 < head["count"] < 30


@settings(max_examples=40)
@given(sampled_from([gif(3), mp4(3)]), binary(min_size=1, max_size=40), sampled_from([20, 60, 200, 400]))
def test_damage_is_an_answer(data: bytes, noise: bytes, at: int) -> None:
    damaged = data[:at] + noise + data[at + len(noise) :]
    try:
        head, frames = decode(damaged)
    except RefusedError:
        return
    assert len(frames) == head["count"] * WIDE * HIGH


def test_its_process_writes_no_file_and_has_its_limits() -> None:
    script = (
        "from rnn_core.tasks.video.decoding import limit\nimport resource as r\nlimit()\n"
        "print([r.getrlimit(one)[0] for one in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE)])"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.strip() == str([decoding.MEMORY, decoding.CPU, 0])


def test_a_system_without_such_limits_decodes_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows
    decoding.limit()
