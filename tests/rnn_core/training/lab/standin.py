"""A training that costs nothing: the events are those of a real one, and each depends on all before it."""

from __future__ import annotations

import hashlib
import math
import os
import signal
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors.numpy import load, save

from rnn_core import KiokuError, progress
from rnn_core.training.lab.events import (
    Cancelled,
    Diverged,
    Event,
    Finished,
    Point,
    Snapshot,
    Solved,
    Started,
)
from rnn_core.training.lab.spec import TrainSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOLVED, LOST = 30, 7  # updates after which a run solves its task, or diverges where it does not clip
BIG = b"\x07" * 50_000


def spec(steps: int = 60, pause: float = 0.0, **others: Any) -> TrainSpec:
    """A spec whose updates take so many seconds: the stand-in reads them from the forget gate's bias."""
    known = {"task": "adding", "length": 6, "cell": "lstm", "hidden": 2, "forget_bias": pause, "steps": steps}
    return TrainSpec(**known | others)


def train(asked: TrainSpec, resume: bytes | None = None, stop: Callable[[], bool] = lambda: False) -> Iterator[Event]:
    """As `loop.train`."""
    step, n, total = (0, 0, 0) if resume is None else (int(number) for number in load(resume)["state"])
    if resume is None:
        yield Started(n=0, spec=asked.canonical, baseline=0.167, goal=0.0017, truth=(1.0, 0.5))
        n = 1
        for event in looked(asked, step, n, total):
            yield event
            n = event.n + 1
    while step < asked.steps:
        time.sleep(asked.forget_bias or 0.0)
        step += 1
        total = (total * 31 + step + asked.seed) % 1_000_003
        if asked.clip is None and step == LOST:
            yield Diverged(n=n, step=step, loss=math.inf, norm=math.nan, before=3.0)
            return
        for event in looked(asked, step, n, total):
            yield event
            n = event.n + 1
        if stop():
            yield Cancelled(n=n - 1, step=step)
            return
    yield Finished(n=n, step=step)


def looked(asked: TrainSpec, step: int, n: int, total: int) -> Iterator[Event]:
    if step not in asked.records:
        return
    reach = tuple(float(value) for value in np.float32(np.sin(total + np.arange(asked.length))))
    loss = total / 1e6
    yield Point(
        *(n, step, loss, loss, 0.5, 0.5, 2.0, 1.0),
        reach=reach,
        reach_cell=reach,
        guess=(0.5, loss),
        rho=0.9 + loss,
        sigma=1.1 + loss,
    )
    n += 1
    if step == SOLVED:
        yield Solved(n=n, step=step, loss=loss)
        n += 1
    if step in asked.snapshots:
        kept = save({"state": np.array([step, n + 1, total]), "more": np.frombuffer(BIG, np.uint8)})
        states = (0.25,) * (asked.length * asked.hidden)
        yield Snapshot(n, step, states, sha256=hashlib.sha256(kept).hexdigest(), kept=kept)


def fatal(_asked: TrainSpec, _resume: bytes | None = None, _stop: Any = None) -> Iterator[Event]:
    """A training whose process dies."""
    os.kill(os.getpid(), signal.SIGKILL)
    yield from ()


def broken(asked: TrainSpec, resume: bytes | None = None, stop: Any = None) -> Iterator[Event]:
    """A training with a mistake in it."""
    yield next(train(asked, resume))
    raise RuntimeError("a mistake")


def count_to(number: int) -> tuple[int, int]:
    """Report each; the number, and in which process."""
    for one in range(number):
        progress.report((one + 1) / number)
    return number, os.getpid()


def refuse() -> None:
    """A computation that can't be."""
    raise KiokuError("lab_disk")


def wait_for_ever() -> None:
    """One that never ends."""
    time.sleep(1e6)


def die() -> None:
    """One whose process is killed."""
    os.kill(os.getpid(), signal.SIGKILL)
