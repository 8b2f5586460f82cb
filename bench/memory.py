"""What a server holds after many reruns of `/cell`, as fast as they come."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from bench.report import table
from bench.server import serving
from bench.ws_load import Found, Load, Session, resident

HEADING = "Memory"
RERUNS, EVERY, SECONDS = 10_000, 2_000, 360.0
CONTROLS = ("cell", "hidden", "quantity")  # one a session
PERIOD = 0.05  # seconds between an answer and the next change
FLAT = 8.0  # MiB
WARM = 1_000  # reruns until torch, every model and every cache is there
QUERY = "lang=en"


@dataclass
class Watch:
    """MiB of the server after so many reruns: pairs, and how many more it takes to the next."""

    pid: int
    found: Found = field(default_factory=Found)
    seen: list[tuple[int, float]] = field(default_factory=list)

    async def run(self, reruns: int, every: int) -> None:
        """Look twenty times on the way to each `every` reruns, until there were `reruns`."""
        step = max(1, every // 20)
        while not self.seen or self.seen[-1][0] < reruns:
            done = len(self.found.rerun)
            if done >= (len(self.seen) + 1) * step:
                self.seen.append((done, resident(self.pid)))
            await asyncio.sleep(0.02)


async def drive(url: str, watch: Watch, reruns: int, every: int, seconds: float) -> None:
    """Sessions that change their controls until there were enough reruns or the time is over."""
    loads = [
        Load(url, page="cell", query=QUERY, sessions=len(CONTROLS), period=PERIOD, seconds=seconds, widget=widget)
        for widget in CONTROLS
    ]
    start = time.perf_counter()
    tasks = [asyncio.create_task(Session(load, number, watch.found).run(start)) for number, load in enumerate(loads)]
    try:
        await asyncio.wait_for(watch.run(reruns, every), seconds)
    except TimeoutError:
        pass  # as many as there was time for: the report says how many
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def at(seen: list[tuple[int, float]], reruns: int) -> float | None:
    """MiB when there had been `reruns`.

    Example:
        >>> at([(100, 300.0), (200, 301.0)], 150), at([(100, 300.0)], 150)
        (301.0, None)
    """
    return next((mib for done, mib in seen if done >= reruns), None)


def growth(seen: list[tuple[int, float]]) -> float:
    """By how many MiB the mean of the last quarter is above that of the first.

    Example:
        >>> growth([(1, 300.0), (2, 340.0), (3, 350.0), (4, 302.0)])
        2.0
    """
    if not seen:
        return float("nan")
    quarter = max(1, len(seen) // 4)
    first, last = seen[:quarter], seen[-quarter:]
    return sum(mib for _, mib in last) / len(last) - sum(mib for _, mib in first) / len(first)


def section(reruns: int = RERUNS, every: int = EVERY, seconds: float = SECONDS) -> str:
    """The section of the report."""
    with serving() as server:
        watch = Watch(server.pid)
        asyncio.run(drive(server.url, watch, reruns, every, seconds))
    done = len(watch.found.rerun)
    marks = [mark for mark in range(every, reruns + 1, every) if at(watch.seen, mark) is not None]
    rows: list[tuple[object, ...]] = [(f"{mark:,} reruns", f"{at(watch.seen, mark):.0f} MiB", "") for mark in marks]
    rows += [
        (
            f"last quarter above the first, from {min(WARM, reruns // 2):,} on",
            f"{growth([seen for seen in watch.seen if seen[0] >= min(WARM, reruns // 2)]):+.1f} MiB",
            f"≤ {FLAT:.0f} MiB",
        ),
        ("errors", len(watch.found.errors), "0"),
    ]
    return (
        f"The server's resident memory over {done:,} reruns of `/cell`, {len(CONTROLS)} sessions that each change one "
        f"control ({', '.join(CONTROLS)}) as soon as the last change has been answered; at most {seconds:.0f} s.\n\n"
        f"{table(('after', 'measured', 'reach'), rows)}"
    )
