"""What a death costs: whoever computes is killed at random moments, and the engine's workers while they compute."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from bench.waiting import PATIENCE, engine, first_point, in_time, short
from rnn_core.training.lab.folder import EVENTS, SNAPSHOTS, Folder
from rnn_core.training.lab.loop import train
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.worker import compute

if TYPE_CHECKING:
    from bench.waiting import Rows

LIVES = (0.05, 0.6)  # seconds between two kills
LANES = 2  # series of kills beside each other
STEPS = 400  # updates of a run that is killed
LOOKED = 6  # events after which a worker is killed


def kills(count: int) -> Rows:
    """Kill whoever computes at random moments, so many times, and compare what is left in the end."""
    shares = [count // LANES + (lane < count % LANES) for lane in range(LANES)]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(LANES, context) as lanes, tempfile.TemporaryDirectory(prefix="kioku-") as place:
        found = list(lanes.map(_lane, range(LANES), shares, [place] * LANES))
    lost, unequal = (sum(one) for one in zip(*found, strict=True))
    return [
        (f"{count} kills of whoever computes, at random moments: reported events lost or doubled", str(lost), "0"),
        ("runs that are not byte-equal to the undisturbed one", str(unequal), "0"),
    ]


def _lane(lane: int, count: int, place: str) -> tuple[int, int]:
    """So many kills, one after another: how often something was lost or doubled, how many runs ended otherwise."""
    chance, lost, unequal, made = random.Random(5 + lane), 0, 0, 0
    context = multiprocessing.get_context("fork")
    while made < count:
        spec = short(chance.randrange(10**6), STEPS)
        folders = [Folder(Path(place, name, spec.id)) for name in ("disturbed", "undisturbed")]
        for folder in folders:
            folder.make(spec.canonical)
            folder.want(True)
        disturbed, undisturbed = folders
        seen: list[bytes] = []
        while made < count and disturbed.end() is None:
            process = context.Process(target=_compute, args=(disturbed,))
            process.start()
            process.join(chance.uniform(*LIVES))
            if process.exitcode is None:
                os.kill(process.pid or 0, signal.SIGKILL)
                made += 1
            process.join()
            found = disturbed.read().lines
            lost += found[: len(seen)] != seen
            seen = found
        for folder in folders:
            _compute(folder)
        unequal += _content(disturbed) != _content(undisturbed)
    return lost, unequal


def _compute(folder: Folder) -> None:
    compute(str(folder.path.parent), folder.path.name, train)


def _content(folder: Folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in [folder.path / EVENTS, *(folder.path / SNAPSHOTS).iterdir()]}


def worker_deaths(count: int) -> Rows:
    """Kill the workers of the engine, one of which computes, and see how long its run stands still."""
    still, late = [], time.monotonic() + PATIENCE
    with engine(2) as made:
        first_point(made, 0)
        for seed in range(count):
            run = made.runs.submit(TrainSpec(task="adding", length=50, steps=3000, seed=seed), "visitor")
            while made.runs.status(run).events < LOOKED:
                in_time(late)
                time.sleep(0.01)
            for worker in multiprocessing.active_children():
                os.kill(worker.pid or 0, signal.SIGKILL)
            began, events = time.perf_counter(), made.runs.status(run).events
            while made.runs.status(run).events <= events + 1:
                in_time(late)
                time.sleep(0.01)
            still.append(time.perf_counter() - began)
            made.runs.cancel(run, "visitor")
    said = f"both workers killed → the run has gone on (median, worst of {count})"
    return [(said, f"{sorted(still)[count // 2]:.1f}, {max(still):.1f} s", "")]
