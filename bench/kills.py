"""What a death costs: whoever computes is killed at random moments, an engine's workers, and the app that has it."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from itertools import count as counted
from pathlib import Path
from typing import TYPE_CHECKING

from bench.waiting import PATIENCE, await_all, engine, first_point, in_time, short
from rnn_core.training.lab.engine import Engine
from rnn_core.training.lab.folder import EVENTS, SNAPSHOTS, Folder
from rnn_core.training.lab.loop import begin_run, train
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.worker import compute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.waiting import Rows

LIVES = (0.05, 0.6)  # seconds between two kills
LANES = 2  # series of kills beside each other
STEPS = 400  # updates of a run that is killed
LONG = 1200  # of one that an engine computes
LOST, UNEQUAL = "reported events lost or doubled", "runs that are not byte-equal to the undisturbed one"


def kills(count: int) -> Rows:
    """Kill whoever computes at random moments, so many times, and compare what is left in the end."""
    import_module("distributed")  # what each of them would import before it computes, and be killed meanwhile
    begin_run(short(0))
    shares = [count // LANES + (lane < count % LANES) for lane in range(LANES)]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(LANES, context) as lanes, tempfile.TemporaryDirectory(prefix="kioku-") as place:
        found = list(lanes.map(_lane, range(LANES), shares, [place] * LANES))
    met, lost, runs, unequal = (sum(one) for one in zip(*found, strict=True))
    return [
        (f"{count} kills of whoever computes, at random moments: of these after new events", str(met), ""),
        (f"{count} kills of whoever computes, at random moments: {LOST}", str(lost), "0"),
        (f"of {runs} such runs: {UNEQUAL}", str(unequal), "0"),
    ]


def _lane(lane: int, count: int, place: str) -> tuple[int, int, int, int]:
    """So many kills, one after another: how many met new events, how often something was lost or doubled, how many runs
    there were and how many ended otherwise."""
    chance, met, lost, runs, unequal, made = random.Random(5 + lane), 0, 0, 0, 0, 0
    context = multiprocessing.get_context("fork")
    while made < count:
        disturbed = _folder(Path(place, "disturbed"), chance.randrange(10**6), STEPS)
        seen: list[bytes] = []
        while made < count and disturbed.end() is None:
            process = context.Process(target=_compute, args=(disturbed,))
            process.start()
            process.join(chance.uniform(*LIVES))
            killed = process.exitcode is None
            if killed:
                os.kill(process.pid or 0, signal.SIGKILL)
                made += 1
            process.join()
            found = list(disturbed.lines())
            lost += found[: len(seen)] != seen
            met += killed and len(found) > len(seen)
            seen = found
        _compute(disturbed)
        runs += 1
        unequal += _differs(disturbed, place)
    return met, lost, runs, unequal


def _folder(root: Path, seed: int, steps: int) -> Folder:
    """The folder of a run that is to be computed."""
    spec = short(seed, steps)
    folder = Folder(root / spec.id)
    folder.make(spec.canonical)
    folder.want(True)
    return folder


def _compute(folder: Folder) -> None:
    compute(str(folder.path.parent), folder.path.name, train)


def _differs(disturbed: Folder, place: str) -> bool:
    """Whether a run differs from one that nothing disturbs."""
    undisturbed = Folder(Path(place, "undisturbed", disturbed.path.name))
    undisturbed.make(disturbed.spec() or "")
    undisturbed.want(True)
    _compute(undisturbed)
    return _content(disturbed) != _content(undisturbed)


def _content(folder: Folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in [folder.path / EVENTS, *(folder.path / SNAPSHOTS).iterdir()]}


class _Watched:
    """Runs that go on in a store while whoever computes them is killed.

    Attributes:
        lost: how often something was lost or doubled.
    """

    def __init__(self, runs: Runs, at_once: int) -> None:
        self.runs, self.at_once, self.lost = runs, at_once, 0
        self.late = time.monotonic() + PATIENCE
        self._seeds = counted()
        self._seen: dict[str, list[bytes]] = {}

    def begin(self) -> None:
        """See to it that as many as are wanted are under way."""
        while len(self._under_way()) < self.at_once:
            spec = short(next(self._seeds), LONG)
            self.runs.submit(spec, "visitor")
            self._seen[spec.id] = []

    def look(self) -> None:
        """Compare what is reported with what was."""
        for training, seen in self._seen.items():
            found = list(self.runs.folder(training).lines())
            self.lost += found[: len(seen)] != seen
            self._seen[training] = found

    def go_on(self) -> float:
        """Seconds until there is an event that is new of each that is under way."""
        began = time.perf_counter()
        for training in self._under_way():
            folder = self.runs.folder(training)
            while folder.count() <= len(self._seen[training]) and folder.end() is None:
                in_time(self.late)
                time.sleep(0.01)
        return time.perf_counter() - began

    def end(self) -> tuple[int, int]:
        """Wait for all; how many there were, and how many ended otherwise than if nothing had disturbed them."""
        await_all(self.runs, self.runs.of_visitor("visitor"))
        self.look()
        with tempfile.TemporaryDirectory(prefix="kioku-") as place:
            return len(self._seen), sum(_differs(self.runs.folder(training), place) for training in self._seen)

    def _under_way(self) -> list[str]:
        return [training for training in self._seen if self.runs.folder(training).end() is None]


def worker_deaths(count: int) -> Rows:
    """Kill both workers of an engine at random moments, so many times."""
    chance, still, made = random.Random(7), [], 0
    with engine(2) as it:
        first_point(it, 0)
        watched = _Watched(it.runs, 2)
        for _ in range(count):
            watched.begin()
            watched.go_on()
            time.sleep(chance.uniform(*LIVES))
            workers = multiprocessing.active_children()
            for worker in workers:
                os.kill(worker.pid or 0, signal.SIGKILL)
            made += len(workers)
            watched.look()
            still.append(watched.go_on())
        runs, unequal = watched.end()
    said = f"{made} kills of the engine's workers, both at once, at random moments"
    return [
        (
            f"{said} → both runs have gone on (median, worst)",
            f"{sorted(still)[count // 2]:.1f}, {max(still):.1f} s",
            "",
        ),
        (f"{said}: {LOST}", str(watched.lost), "0"),
        (f"of {runs} such runs: {UNEQUAL}", str(unequal), "0"),
    ]


def app_deaths(count: int) -> Rows:
    """Kill the process that has the engine at random moments, so many times: another one goes on."""
    chance, still = random.Random(9), []
    with tempfile.TemporaryDirectory(prefix="kioku-") as place:
        watched = _Watched(Runs(Path(place)), 1)
        for _ in range(count):
            watched.begin()
            with _app(place):
                still.append(watched.go_on())
                time.sleep(chance.uniform(*LIVES))
            watched.look()
        with _app(place):
            runs, unequal = watched.end()
    said = f"{count} kills of the app at random moments"
    return [
        (f"{said} → the next has gone on (median, worst)", f"{sorted(still)[count // 2]:.1f}, {max(still):.1f} s", ""),
        (f"{said}: {LOST}", str(watched.lost), "0"),
        (f"of {runs} such runs: {UNEQUAL}", str(unequal), "0"),
    ]


@contextmanager
def _app(place: str) -> Iterator[None]:
    """An app that has an engine, in a process of its own, which is killed in the end."""
    app = multiprocessing.get_context("spawn").Process(target=_live, args=(place,))
    app.start()
    try:
        yield
    finally:
        app.kill()
        app.join()


def _live(place: str) -> None:
    os.environ["KIOKU_WORKERS"] = "1"  # of this process, which has just begun
    Engine(Runs(Path(place))).start()
    signal.pause()
