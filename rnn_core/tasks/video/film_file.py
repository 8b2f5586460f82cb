"""A reader's own film, GIF or MP4: read in a process of its own, so that no damaged file can take the server with it.

The bytes go to it by a pipe and small frames come back; nothing is written to a file. The process has limits of its own
and is ended at the deadline.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_core import progress
from rnn_core.checkout import ROOT
from rnn_core.errors import KiokuError
from rnn_core.tasks.video.film import BYTES, HIGH, LEAST, MOST, SIDE_MOST, WIDE, Film, container

if TYPE_CHECKING:
    from collections.abc import Sequence

DEADLINE = 30.0  # seconds, of a machine that may be busy
ANSWER = 4096 + MOST * WIDE * HIGH  # bytes that are taken in at most
LOOK_EVERY = 0.1  # seconds
NEEDED = ("SYSTEMROOT",)  # of the environment: without it no Python starts on Windows
TOO_LONG = -getattr(signal, "SIGXCPU", 0)  # how the system ends it after its share of the processor
DECODER = (sys.executable, "-m", "rnn_core.tasks.video.decoding")


def read_film(data: bytes) -> Film:
    """The frames of a file.

    Args:
        data: the file as it is.

    Raises:
        KiokuError: it is too large, neither GIF nor MP4, damaged, without a picture, its frames are too large, or it
            has too few, or decoding it takes too long.
    """
    if len(data) > BYTES:
        raise KiokuError("film_large", most=BYTES // 2**20)
    if container(data) is None:
        raise KiokuError("film_kind")
    head, frames = _answer(data)
    if "refused" in head:
        raise _refused(head["refused"], head["size"])
    if head["count"] == 0:
        raise KiokuError("film_damaged")
    if head["count"] < LEAST:
        raise KiokuError("film_short", count=head["count"], least=LEAST)
    pixels = np.frombuffer(frames, np.uint8).reshape(head["count"], HIGH, WIDE)
    return Film((pixels / 255).astype(np.float32), tuple(head["size"]), head["cut"])


def _refused(code: str, size: Sequence[int]) -> KiokuError:
    """What the process said against the file, as an error."""
    if code == "film_size":
        return KiokuError("film_size", width=size[0], height=size[1], most=SIDE_MOST)
    known = ("film_no_video", "film_heavy")
    return KiokuError("film_no_video" if code == known[0] else "film_heavy" if code == known[1] else "film_damaged")


def _answer(data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the process says of the file.

    Raises:
        KiokuError: it ended before it had an answer, or was ended.
    """
    out, late = _run(DECODER, data)
    head, line, frames = out.partition(b"\n")
    if not line:
        raise KiokuError("film_slow" if late else "film_damaged")
    found: dict[str, Any] = json.loads(head)
    return found, frames


def _run(command: Sequence[str], data: bytes) -> tuple[bytes, bool]:
    """What a process answers to these bytes, and whether it took too long."""
    here = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    here |= {name: os.environ[name] for name in NEEDED if name in os.environ}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=here) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        found: list[bytes] = []
        ways = (
            threading.Thread(target=_write, args=(child.stdin, data), daemon=True),
            threading.Thread(target=lambda out: found.append(out.read(ANSWER)), args=(child.stdout,), daemon=True),
        )
        for way in ways:
            way.start()
        begun = time.monotonic()
        try:
            while ways[1].is_alive() and time.monotonic() - begun < DEADLINE:
                progress.report(min(1.0, (time.monotonic() - begun) / DEADLINE))
                ways[1].join(LOOK_EVERY)
            late = ways[1].is_alive()
        finally:  # also when whoever watches ends it
            child.kill()
            for way in ways:
                way.join()
    return b"".join(found), late or child.returncode == TOO_LONG


def _write(pipe: Any, data: bytes) -> None:
    try:
        pipe.write(data)
        pipe.close()
    except OSError:  # it ended before it had read everything
        pass
