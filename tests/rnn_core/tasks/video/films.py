"""Small films as files, made here: bytes of a GIF, of an MP4, and of what only looks like one."""

from __future__ import annotations

import io
import zipfile

import av
import numpy as np
from PIL import Image


def pictures(count: int, width: int = 64, height: int = 36) -> list[np.ndarray]:
    """Grey frames: one half is dark, and the border between moves on; every tenth frame is turned round."""
    found = []
    for number in range(count):
        frame = np.full((height, width), 30, np.uint8)
        frame[:, number * 3 % width :] = 220
        found.append(255 - frame if number // 10 % 2 else frame)
    return found


def gif(count: int, width: int = 64, height: int = 36) -> bytes:
    """A GIF."""
    frames = [Image.fromarray(frame) for frame in pictures(count, width, height)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=40)
    return file.getvalue()


def endless(count: int) -> bytes:
    """A GIF whose one frame comes again and again."""
    one = gif(1)
    at = one.index(b",")  # where its frame begins
    return one[:at] + one[at:-1] * count + one[-1:]


def mp4(count: int, width: int = 64, height: int = 36) -> bytes:
    """An MP4."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as opened:
        stream = opened.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for frame in pictures(count, width, height):
            opened.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="gray").reformat(format="yuv420p")))
        opened.mux(stream.encode())
    return file.getvalue()


def sound() -> bytes:
    """An MP4 without pictures."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as opened:
        stream = opened.add_stream("aac", rate=16000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 16000), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 16000
        opened.mux([*stream.encode(frame), *stream.encode()])
    return file.getvalue()


def zipped() -> bytes:
    """A zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("film.mp4", b"0" * 100)
    return file.getvalue()
