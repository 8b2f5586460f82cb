"""How long a cold server takes: to its first answer, to the first picture, and with thirty people at the door."""

from __future__ import annotations

import statistics
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from bench.browser import Load, launched, visit
from bench.crowd import crowd
from bench.machine import lines
from bench.report import table
from bench.server import serving
from pages._ui.contents import CHAPTERS

HEADING = "Start"
STORED = tuple(row.path for row in CHAPTERS if row.first)  # that open with a stored drawing
STARTS, VISITORS = 5, 30


@dataclass
class Watch:
    """When a process first has torch's library in its memory, looked at every 10 ms."""

    pid: int
    loaded_at: float | None = None
    over: bool = False

    def run(self) -> None:
        """Look until torch is there or the watch is over."""
        while self.loaded_at is None and not self.over:
            if any("libtorch_cpu" in line for line in lines(Path(f"/proc/{self.pid}/maps"))):
                self.loaded_at = time.perf_counter()
            time.sleep(0.01)


def first_visit(page: str = "", patience: float = 20.0) -> tuple[Load, float | None]:
    """The first visitor of a cold server, and when after the first request torch was imported (None: not at all)."""
    with launched() as browser, serving() as server:
        watch = Watch(server.pid)
        thread = threading.Thread(target=watch.run)
        thread.start()
        began = time.perf_counter()
        try:
            _, _, load = visit(browser, f"{server.url}/{page}")
            thread.join(patience)
        finally:
            watch.over = True
            thread.join()
    return load, None if watch.loaded_at is None else watch.loaded_at - began


def first_of(page: str) -> list[tuple[str, str, str]]:
    """The first visitor of another page than the first."""
    load, torch_s = first_visit(page)
    return [
        (f"first visitor of /{page}: request → first picture", f"{load.picture_s:.2f} s", "before torch"),
        (f"first visitor of /{page}: request → torch imported", seconds(torch_s), "after the first picture"),
    ]


def seconds(found: float | None) -> str:
    """When torch was imported."""
    return "not imported" if found is None else f"{found:.2f} s"


def section() -> str:
    """The section of the report."""
    healthy = []
    for _ in range(STARTS):
        with serving() as server:
            healthy.append(server.healthy_s)
    load, torch_s = first_visit()
    with serving() as server:
        # all open the first page at the same instant and, 20 s later, change the size
        many = crowd(server.url, sessions=VISITORS, sync=True, period=20, seconds=30, widget="hidden")
    others = [row for page in STORED for row in first_of(page)]
    rows = [
        ("process start → healthy, median", f"{statistics.median(healthy):.2f} s", "< 5 s"),
        ("process start → healthy, slowest", f"{max(healthy):.2f} s", "< 5 s"),
        ("first visitor: request → first picture", f"{load.picture_s:.2f} s", "before torch"),
        ("first visitor: request → torch imported by the server", seconds(torch_s), "after the first picture"),
        ("first visitor: request → idle", f"{load.idle_s:.2f} s", ""),
        ("first visitor: received", f"{load.kib / 1024:.1f} MiB in {load.requests} requests", ""),
        *others,
        (f"{VISITORS} first visitors at once: errors", f"{many['errors']}", "0"),
        (f"{VISITORS} first visitors at once: page complete, p95", f"{many['first_p95_ms']} ms", ""),
        (f"{VISITORS} at once, one change each: p95", f"{many['p95_ms']} ms", ""),
    ]
    return f"A cold server each time; healthy of {STARTS} starts.\n\n{table(('what', 'measured', 'reach'), rows)}"
