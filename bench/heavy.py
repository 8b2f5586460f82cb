"""Twenty readers in the costliest states, again and again, beside others on a light page: who waits for whom."""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import websockets

from bench.addresses import WAITS, known, path
from bench.crowd import crowd
from bench.extremes import query
from bench.report import table
from bench.server import ROOT, Place, serving
from bench.visit import arrived, opened
from pages._ui.shell import CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.extremes import State

HEADING = "Heavy"
SESSIONS, LIGHT, SECONDS, PERIOD = 20, 5, 40.0, 1.0
PATIENCE = 300.0  # seconds for a page that may have to queue
SETTLE = 3.0  # seconds until the heavy readers are all there
CHOSEN = 4  # chapters: those whose costliest addresses cost most
REACH = 3.0
HEAD = ("changes of /cell", "p50", "p95", "p95 / quiet", "reach", "errors", "reach ", "server")


def costliest(chosen: int = CHOSEN) -> Sequence[tuple[str, State]]:
    """The costliest addresses that the search has found, by their chapters."""
    return [(name, found.state) for name, found in known().items()][:chosen]


async def reader(server: Place, number: int, numbers: Iterator[int], met: list[str]) -> None:
    """Open one state after the other, each as nobody has opened it; what was met: errors, "" where all went well."""
    rows = {row.name: row for row in CHAPTERS}
    states = costliest()
    name, state = states[number % len(states)]
    while True:
        try:
            asked = query(rows[name], state, next(numbers))
            async with arrived(server, path(name), asked, patience=PATIENCE) as (one, socket):
                await socket.send(one.request())
                await one.until_finished(socket)
                met.append("; ".join(one.found.errors))
        except (OSError, TimeoutError, websockets.WebSocketException) as error:
            met.append(f"{type(error).__name__}: {error}"[:200])
            await asyncio.sleep(PERIOD)


async def readers(url: str, sessions: int, seconds: float) -> list[str]:
    """What heavy readers have met until the time was over; then they leave where they are."""
    met: list[str] = []
    numbers, server = count(1), Place(url)
    tasks = [asyncio.create_task(reader(server, number, numbers, met)) for number in range(sessions)]
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return met


@contextmanager
def beside(url: str, seconds: float, module: str = "bench.heavy") -> Iterator[list[str]]:
    """Readers in a process of their own; what they have met is in the list when they are gone."""
    command = [sys.executable, "-m", module, "--url", url, "--seconds", str(seconds)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    met: list[str] = []
    try:
        yield met
        out, _ = process.communicate(timeout=seconds + PATIENCE)
        met += json.loads(out.splitlines()[-1])
    finally:
        process.kill()
        process.wait()


def measured(
    name: str, met: Sequence[str], light: Mapping[str, Any], quiet: Mapping[str, Any], reach: float = REACH
) -> list[object]:
    """What light readers met, beside what they meet on a quiet server."""
    return [
        *(name, light["reruns"], *(f"{light[time]:.0f} ms" for time in ("p50_ms", "p95_ms"))),
        *(f"{light['p95_ms'] / quiet['p95_ms']:.1f} ×", f"≤ {reach:g} ×"),
        *(light["errors"] + sum(map(bool, met)), 0, f"{light['server_mib']} MiB"),
    ]


def section(seconds: float = SECONDS) -> str:
    """The section of the report."""
    with serving() as server:
        asyncio.run(opened(server, WAITS, {"lang": "en"}))
        told = {"page": "cell", "query": "lang=en", "widget": "hidden", "sessions": LIGHT, "period": PERIOD}
        light = {**told, "pid": server.pid, "seconds": seconds}
        crowd(server.url, **{**light, "seconds": SETTLE})
        quiet = crowd(server.url, **light)
        with beside(server.url, seconds + 2 * SETTLE) as met:
            busy = crowd(server.url, **light)
    print(*dict.fromkeys(filter(None, met)), sep="\n", flush=True)
    head = ("heavy readers", *HEAD)
    rows = [measured("none", (), quiet, quiet), measured(f"{SESSIONS}, {len(met)} pages", met, busy, quiet)]
    pages = ", ".join(f"`/{path(name)}`" for name, _ in costliest())
    return (
        f"{LIGHT} sessions change `hidden` on `/cell` every {PERIOD:g} s for {seconds:.0f} s, alone and beside "
        f"{SESSIONS} that open the costliest addresses of {CHOSEN} chapters ({pages}; `bench/worst.json`), each "
        f"written anew, one after the other.\n\n{table(head, rows)}"
    )


def main() -> None:
    """Be the heavy readers, print what they have met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--seconds", type=float, required=True)
    told = parser.parse_args()
    print(json.dumps(asyncio.run(readers(told.url, SESSIONS, told.seconds))))


if __name__ == "__main__":
    main()
