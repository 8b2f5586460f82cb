"""The training engine: how soon a run shows something, what a death costs, whose turn it is, and many who watch."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bench.crowd import crowd
from bench.process import cpu
from bench.report import table
from bench.server import serving
from rnn_core import runtime
from rnn_core.training.lab.engine import Engine
from rnn_core.training.lab.folder import EVENTS, SNAPSHOTS, Folder
from rnn_core.training.lab.loop import train
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.worker import compute
from rnn_core.training.lab.writer import writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADING = "Engine"
KILLS = 500
LIVES = (0.05, 0.6)  # seconds between two kills
VISITORS, EACH, PRESSED = 30, 3, 10.0  # who press at once, their runs, seconds of work of each visitor
SWEEP = 24
VIEWERS, EVERY, WATCHED = 30, 0.2, 30  # polls and updates of one run, which come as often
WARM = 5
OTHERS, PERIOD, BESIDE = 5, 1.0, 40.0  # sessions on another page, seconds between their changes, and in all
PATIENCE = 900.0  # seconds after which a part that has not ended is given up, and said
SHORT = {"task": "parity", "cell": "gru", "hidden": 8, "length": 10, "batch": 16}
COLUMNS = ("what", "measured", "reach")


@contextmanager
def engine(workers: int) -> Iterator[Engine]:
    """An engine of a store of its own, with so many workers, which has not begun."""
    os.environ["KIOKU_WORKERS"] = str(workers)
    with tempfile.TemporaryDirectory(prefix="kioku-") as folder:
        made = Engine(Runs(Path(folder)))
        yield made
        made.close()


def short(seed: int, steps: int = 200) -> TrainSpec:
    """A run of about half a second."""
    return TrainSpec(**SHORT, seed=seed, steps=steps)


def await_all(runs: Runs, names: Sequence[str]) -> list[tuple[float, str]]:
    """Wait until all of these runs are over; when each was first seen to be computed.

    Raises:
        TimeoutError: they are not in time.
    """
    begun: dict[str, float] = {}
    waiting, late = set(names), time.monotonic() + PATIENCE
    while waiting:
        in_time(late)
        for name in list(waiting):
            status = runs.status(name)
            if status.state != "queued":
                begun.setdefault(name, time.perf_counter())
            if status.over:
                waiting.discard(name)
        time.sleep(0.02)
    return sorted((at, name) for name, at in begun.items())


def in_time(late: float) -> None:
    """Go on until then.

    Raises:
        TimeoutError: it is later.
    """
    if time.monotonic() > late:
        raise TimeoutError


def first_point(made: Engine, seed: int) -> float:
    """Seconds from Train to the first point that can be read."""
    began, late = time.perf_counter(), time.monotonic() + PATIENCE
    run = made.runs.submit(TrainSpec(task="adding", length=50, cell="lstm", steps=400, seed=seed), "visitor")
    made.start()
    while made.runs.status(run).events < 2:
        in_time(late)
        time.sleep(0.002)
    taken = time.perf_counter() - began
    await_all(made.runs, [run])
    return taken


def starts() -> list[tuple[str, str, str]]:
    """From Train to the first point."""
    with engine(2) as made:
        cold = first_point(made, 0)
        warm = sorted(first_point(made, seed) for seed in range(1, 1 + WARM))
    return [
        ("Train → first point, cold (the engine begins with it)", f"{cold:.1f} s", "< 5 s"),
        (f"Train → first point, warm (median, worst of {WARM})", f"{warm[WARM // 2]:.2f}, {warm[-1]:.2f} s", "< 1 s"),
    ]


def kills(count: int) -> list[tuple[str, str, str]]:
    """Kill whoever computes at random moments, so many times, and compare what is left in the end."""
    chance, lost, unequal, made = random.Random(5), 0, 0, 0
    context = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory(prefix="kioku-") as place:
        while made < count:
            spec = short(chance.randrange(10**6), 400)
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
    return [
        (f"{count} kills of whoever computes, at random moments: reported events lost or doubled", str(lost), "0"),
        ("runs that are not byte-equal to the undisturbed one", str(unequal), "0"),
    ]


def _compute(folder: Folder) -> None:
    compute(str(folder.path.parent), folder.path.name, train)


def _content(folder: Folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in [folder.path / EVENTS, *(folder.path / SNAPSHOTS).iterdir()]}


def worker_deaths(count: int) -> list[tuple[str, str, str]]:
    """Kill a worker of the engine that computes, and see how long its run stands still."""
    still = []
    with engine(2) as made:
        first_point(made, 0)
        for seed in range(count):
            run = made.runs.submit(TrainSpec(task="adding", length=50, steps=3000, seed=seed), "visitor")
            late = time.monotonic() + PATIENCE
            while made.runs.status(run).events < 20:
                in_time(late)
                time.sleep(0.01)
            for worker in multiprocessing.active_children():
                os.kill(worker.pid or 0, signal.SIGKILL)
            began, events = time.perf_counter(), made.runs.status(run).events
            while made.runs.status(run).events <= events + 1 and not made.runs.status(run).over:
                in_time(late)
                time.sleep(0.01)
            still.append(time.perf_counter() - began)
            await_all(made.runs, [run])
    longest = f"{sorted(still)[count // 2]:.1f}, {max(still):.1f} s"
    return [(f"both workers killed → the run has gone on (median, worst of {count})", longest, "")]


def turns(seconds: float) -> list[tuple[str, str, str]]:
    """Thirty visitors press at once, each for some runs."""
    steps = max(1, round(seconds / EACH / short(0, 100).seconds * 100))
    with engine(2) as made:
        first_point(made, 0)
        began = time.perf_counter()
        names: dict[str, int] = {}
        for visitor in range(VISITORS):
            specs = [short(1000 * visitor + number, steps) for number in range(EACH)]
            names |= {run: at for at, run in enumerate(made.runs.submit_all(specs, f"visitor {visitor}"))}
        order = [names[run] for _, run in await_all(made.runs, list(names))]
        taken = time.perf_counter() - began
        finished = sum(made.runs.status(run).state == "finished" for run in names)
    first = max(place for place, number in enumerate(order) if number == 0)
    third = min(place for place, number in enumerate(order) if number == EACH - 1)
    what = f"{VISITORS} visitors press at once for {EACH} runs each, {seconds:g} s of work a visitor"
    return [
        (f"{what}: finished", f"{finished} of {len(names)} in {taken:.0f} s", "all"),
        ("places between the last first run and the first third run that begins", str(third - first), "> 0"),
    ]


def sweep(runs: int) -> list[tuple[str, str, str]]:
    """The same sweep on one worker and on two."""
    taken = []
    for workers in (1, 2):
        with engine(workers) as made:
            first_point(made, 0)
            began = time.perf_counter()
            await_all(made.runs, made.runs.submit_all([short(seed, 800) for seed in range(runs)], "visitor"))
            taken.append(time.perf_counter() - began)
    times = f"{taken[0]:.1f}, {taken[1]:.1f} s: {taken[0] / taken[1]:.2f} ×"
    return [(f"a sweep of {runs} runs on one worker and on two", times, "≥ 1.7 ×")]


def viewers(updates: int) -> list[tuple[str, str, str]]:
    """Thirty who watch one run, whose events come as they are written here."""
    spec = TrainSpec(task="adding", length=50, cell="lstm", steps=400)
    events = list(train(spec))
    with tempfile.TemporaryDirectory(prefix="kioku-") as folder:
        runs = Runs(Path(folder))
        run = runs.submit(spec, "visitor")
        runs.index.take()
        with serving(settings={"KIOKU_DATA_DIR": folder}) as server, writing(runs.folder(spec.id)) as writer:

            async def watch(counted: int) -> tuple[float, list[int]]:
                watching = [asyncio.create_task(_watch(server.port, run, counted)) for _ in range(VIEWERS)]
                began = cpu(server.pid)
                for event in events[writer.count : writer.count + counted]:
                    writer.write(event)
                    await asyncio.sleep(EVERY)
                seen = await asyncio.gather(*watching)
                return cpu(server.pid) - began, seen

            asyncio.run(watch(5))
            used, seen = asyncio.run(watch(updates))
    each = used / (VIEWERS * updates) * 1000
    what = f"{VIEWERS} viewers of one run, {updates} updates {EVERY} s apart: server CPU an update each"
    return [(what, f"{each:.2f} ms", "≤ 1 ms"), ("events that a viewer had in the end", f"{min(seen)}", "")]


async def _watch(port: int, run: str, updates: int) -> int:
    """Poll as the drawing does, over one connection; how many events there were."""
    reader, sender = await asyncio.open_connection("127.0.0.1", port)
    since = 0
    for _ in range(updates):
        sender.write(f"GET /live/{run}?from={since} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        since = json.loads(await reader.readexactly(length))["next"]
        await asyncio.sleep(EVERY)
    sender.close()
    return since


def others(seconds: float) -> list[tuple[str, str, str]]:
    """Readers of another page, alone and while two runs train on the same machine."""
    told = {"page": "cell", "query": "lang=en", "widget": "hidden", "sessions": OTHERS, "period": PERIOD}
    with serving() as server, engine(2) as made:
        first_point(made, 0)
        crowd(server.url, pid=server.pid, seconds=3.0, **told)
        quiet = crowd(server.url, pid=server.pid, seconds=seconds, **told)
        long = [TrainSpec(task="adding", length=200, hidden=64, steps=4000, seed=seed) for seed in (0, 1)]
        names = made.runs.submit_all(long, "visitor")
        busy = crowd(server.url, pid=server.pid, seconds=seconds, **told)
        training = sum(made.runs.status(run).state == "running" for run in names)
    times = f"{quiet['p95_ms']:.0f}, {busy['p95_ms']:.0f} ms: {busy['p95_ms'] / quiet['p95_ms']:.1f} ×"
    what = f"{OTHERS} sessions change `hidden` on `/cell`: p95 alone, and while {training} runs train"
    return [(what, times, "≤ 3 ×")]


Part: TypeAlias = Callable[[], list[tuple[str, str, str]]]
PARTS: Mapping[str, tuple[Part, Part]] = {  # as measured, and in a short form
    "starts": (starts, starts),
    "kills": (partial(kills, KILLS), partial(kills, KILLS // 50)),
    "deaths": (partial(worker_deaths, 5), partial(worker_deaths, 1)),
    "turns": (partial(turns, PRESSED), partial(turns, 1.5)),
    "sweep": (partial(sweep, SWEEP), partial(sweep, SWEEP // 3)),
    "viewers": (partial(viewers, WATCHED * 3), partial(viewers, WATCHED)),
    "others": (partial(others, BESIDE), partial(others, BESIDE / 4)),
}


def section(rounds: int | None = None, parts: Sequence[str] = tuple(PARTS)) -> str:
    """The section of the report, of these parts; with rounds a short form, of minutes."""
    rows = []
    for name in parts:
        print(f"  {name} …", flush=True)
        began = time.monotonic()
        try:
            rows += PARTS[name][rounds is not None]()
        except TimeoutError:
            rows.append((name, f"not ended after {PATIENCE:.0f} s", ""))
        print(*rows[-2:], f"{time.monotonic() - began:.0f} s", sep="\n", flush=True)
    return table(COLUMNS, rows)


if __name__ == "__main__":  # the parts that are named, whole
    runtime.use_one_thread()
    print(section(parts=sys.argv[1:] or tuple(PARTS)))
