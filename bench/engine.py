"""The training engine: how soon a run shows something, what a death costs, whose turn it is, and many who watch."""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.browser import launched
from bench.crowd import crowd
from bench.kills import app_deaths, kills, worker_deaths
from bench.process import cpu
from bench.report import kept_rows, table
from bench.server import serving
from bench.waiting import PATIENCE, Rows, await_all, engine, first_point, pace, short
from rnn_core.training.lab.loop import train
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.writer import writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.server import Server

HEADING = "Engine"
KILLS, DEATHS, APPS = 370, 60, 10  # of who computes; of both workers of an engine; of an app: 500 in all
VISITORS, EACH, PRESSED = 30, 3, 10.0  # who press at once, their runs, seconds of work of each visitor
VIEWERS, EVERY, WATCHED = 30, 0.2, 30  # polls and updates of one run, which come as often
SWEEP, WARM = 24, 5  # runs
OTHERS, PERIOD, BESIDE = 5, 1.0, 40.0  # sessions on another page, seconds between their changes, and in all
TRIED = 400  # updates of the runs by which the pace is known
LOOKED = 5.0  # seconds of a run in which updates of the picture are counted
MOVING = re.compile(r"[1-9][\d,]* /")
MOVES = """(part, time) => new Promise((done) => {
  let said = "", moved = -1;
  const look = () => {
    const now = part.querySelector("output").textContent;
    if (now !== said) moved += 1;
    said = now;
  };
  const looking = setInterval(look, 10);
  setTimeout(() => { clearInterval(looking); done(moved); }, time);
})"""
COLUMNS = ("part", "what", "measured", "reach")


def starts() -> Rows:
    """From Train to the first point."""
    with engine(2) as made:
        cold = first_point(made, 0)
        warm = sorted(first_point(made, seed) for seed in range(1, 1 + WARM))
    return [
        ("Train → first point, cold (the engine begins with it)", f"{cold:.1f} s", "< 5 s"),
        (f"Train → first point, warm (median, worst of {WARM})", f"{warm[WARM // 2]:.2f}, {warm[-1]:.2f} s", "< 1 s"),
    ]


def turns(seconds: float) -> Rows:
    """Thirty visitors press at once, each for some runs."""
    with engine(2) as made:
        first_point(made, 0)
        steps = max(1, round(seconds / EACH / pace(made, TRIED)))
        began = time.perf_counter()
        names: dict[str, int] = {}
        for visitor in range(VISITORS):
            specs = [short(1000 * (1 + visitor) + number, steps) for number in range(EACH)]
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


def sweep(runs: int) -> Rows:
    """The same sweep on one worker and on two."""
    taken = []
    for workers in (1, 2):
        with engine(workers) as made:
            first_point(made, 0)
            began = time.perf_counter()
            await_all(made.runs, made.runs.submit_all([short(seed, 800) for seed in range(runs)], "visitor"))
            taken.append(time.perf_counter() - began)
    one, two = taken
    return [
        (f"a sweep of {runs} runs on one worker and on two", f"{one:.1f}, {two:.1f} s: {one / two:.2f} ×", "≥ 1.7 ×")
    ]


def viewers(updates: int) -> Rows:
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


def others(seconds: float) -> Rows:
    """Readers of another page, alone and while two runs train on the same machine."""
    with serving() as server, engine(2) as made:
        first_point(made, 0)
        _changes(server, 3.0)
        quiet = _changes(server, seconds)
        long = [TrainSpec(task="adding", length=200, hidden=64, steps=4000, seed=seed) for seed in (0, 1)]
        names = made.runs.submit_all(long, "visitor")
        busy = _changes(server, seconds)
        training = sum(made.runs.status(run).state == "running" for run in names)
    what = f"{OTHERS} sessions change `hidden` on `/cell`, alone and while {training} runs train"
    return [
        (f"{what}: {name}", f"{alone:.1f}, {beside:.1f} ms: {beside / alone:.2f} ×", reach)
        for name, reach, alone, beside in zip(
            ("p95", "server CPU a change"), ("≤ 3 ×", "1 ×"), quiet, busy, strict=True
        )
    ]


def _changes(server: Server, seconds: float) -> tuple[float, float]:
    """Sessions that change something for so long: the p95 of that, and the server's CPU a change, in ms."""
    told = {"page": "cell", "query": "lang=en", "widget": "hidden", "sessions": OTHERS, "period": PERIOD}
    began = cpu(server.pid)
    found = crowd(server.url, pid=server.pid, seconds=seconds, **told)
    return found["p95_ms"], (cpu(server.pid) - began) / max(1, found["reruns"]) * 1000


def picture(seconds: float) -> Rows:
    """How often the drawing moves on while a run is trained, as a browser shows it."""
    address = "training?task=adding&length=50&cell=lstm&hidden=32&steps=2000&guess=skip&lang=en"
    with (
        tempfile.TemporaryDirectory(prefix="kioku-") as folder,
        serving(settings={"KIOKU_DATA_DIR": folder}) as server,
        launched() as browser,
    ):
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{server.url}/{address}")
        page.locator(".st-key-train button").click()
        page.locator(".transport output", has_text=MOVING).wait_for()
        moved = page.locator(".training .transport").evaluate(MOVES, seconds * 1000)
    return [("one run, one viewer in Chromium: updates of the picture a second", f"{moved / seconds:.1f}", "≥ 5")]


PARTS: Mapping[str, tuple[Callable[[], Rows], Callable[[], Rows]]] = {  # as measured, and in a short form
    "starts": (starts, starts),
    "kills": (partial(kills, KILLS), partial(kills, KILLS // 50)),
    "deaths": (partial(worker_deaths, DEATHS), partial(worker_deaths, 1)),
    "apps": (partial(app_deaths, APPS), partial(app_deaths, 1)),
    "turns": (partial(turns, PRESSED), partial(turns, 1.5)),
    "sweep": (partial(sweep, SWEEP), partial(sweep, SWEEP // 3)),
    "viewers": (partial(viewers, WATCHED * 3), partial(viewers, WATCHED)),
    "picture": (partial(picture, LOOKED), partial(picture, LOOKED)),
    "others": (partial(others, BESIDE), partial(others, BESIDE / 4)),
}


def section(rounds: int | None = None, pieces: Sequence[str] = tuple(PARTS)) -> str:
    """The section of the report with these parts measured anew, and the others as they are.

    Args:
        rounds: with it a short form, of minutes.
        pieces: which.
    """
    rows = {name: [row for row in kept_rows(HEADING) if row[0] == name] for name in PARTS}
    for name in pieces:
        try:
            found = PARTS[name][rounds is not None]()
        except TimeoutError:
            found = [("all of it", f"not ended after {PATIENCE:.0f} s", "")]
        rows[name] = [(name, *row) for row in found]
        print(*rows[name], sep="\n", flush=True)
    return table(COLUMNS, [row for name in PARTS for row in rows[name]])
