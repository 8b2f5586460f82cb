"""`make serve` with as many processes as cores against one process and against one process's floor, under one load."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from bench.charts import floor_query, look_up
from bench.crowd import crowd
from bench.load import PAGES, PERIOD, middle
from bench.process import family, proportional
from bench.report import table
from bench.server import APP, FLOOR, serving

if TYPE_CHECKING:
    from pathlib import Path

HEADING = "Processes"
SESSIONS, ROUNDS, SECONDS, WARM = 100, 3, 30.0, 10.0
PAGE = PAGES[0]
SLOWER, LARGER = 1.5, 1.4  # times the floor's p95 and the memory of one process
HEAD = ("server", "processes", "changes", "p50", "p95", "p95 / floor", "reach", "errors", "reach ", "memory")
COLUMNS = (*HEAD, "memory / one", "reach  ")


def met(script: Path, processes: int, page: str, query: str, widget: str, seconds: float) -> dict[str, Any]:
    """What a crowd meets on a server that has the machine for itself, and the memory that this server takes then."""
    options: dict[str, float] = {"sessions": SESSIONS, "period": PERIOD}
    with serving(script, settings={"KIOKU_PROCESSES": str(processes)}) as server:
        where = {"page": page, "query": query, "widget": widget}
        crowd(server.url, seconds=WARM, **where, **options)
        found = crowd(server.url, seconds=seconds, **where, **options)
        return {**found, "mib": sum(map(proportional, family(server.pid)))}


def rows(cores: int, shared: list[dict[str, Any]], one: list[dict[str, Any]], bare: list[dict[str, Any]]) -> list[Any]:
    """A row for each server."""
    floor, alone = middle(bare, "p95_ms"), middle(one, "mib")
    return [
        (
            name,
            count,
            sum(run["reruns"] for run in runs),
            *(f"{middle(runs, time):.0f} ms" for time in ("p50_ms", "p95_ms")),
            "" if runs is bare else f"{middle(runs, 'p95_ms') / floor:.2f} ×",
            f"≤ {SLOWER} ×" if runs is shared else "",
            sum(run["errors"] for run in runs),
            "0" if runs is shared else "",
            f"{middle(runs, 'mib'):.0f} MiB",
            f"{middle(runs, 'mib') / alone:.2f} ×" if runs is shared else "",
            f"≤ {LARGER} ×" if runs is shared else "",
        )
        for name, count, runs in (
            (f"/{PAGE.path}", cores, shared),
            (f"/{PAGE.path}", 1, one),
            ("floor", 1, bare),
        )
    ]


def section(rounds: int = ROUNDS, seconds: float = SECONDS) -> str:
    """The section of the report."""
    cores = len(os.sched_getaffinity(0))
    with serving() as app:
        sizes = floor_query(look_up(f"{app.url}/{PAGE.path}?{PAGE.query}"))
    ours = (PAGE.path, PAGE.query, PAGE.widget, seconds)
    shared, one, bare = [], [], []
    for _ in range(rounds):
        shared.append(met(APP, cores, *ours))
        one.append(met(APP, 1, *ours))
        bare.append(met(FLOOR, 1, "", sizes, "gain", seconds))
    return (
        f"{SESSIONS} sessions over WebSockets that change `{PAGE.widget}` on `/{PAGE.path}` every {PERIOD} s for "
        f"{seconds:.0f} s, after {WARM:.0f} s that are not counted; each server alone on the machine with them. Memory "
        "is the share of it that would be free without the server (PSS, nginx and the process that the others are "
        f"forked from included). Medians of {rounds} turns.\n\n{table(COLUMNS, rows(cores, shared, one, bare))}"
    )
