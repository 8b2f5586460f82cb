"""Many live sessions on a page, each changing a control every three seconds, against the floor under the same load."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

from bench.charts import floor_query, look_up
from bench.crowd import crowd
from bench.report import table
from bench.server import FLOOR, Server, serving

HEADING = "Load"
SESSIONS, ROUNDS, SECONDS, PERIOD = (30, 100), 3, 30, 3
HEAD = ("sessions", "page", "changes", "p50", "p95", "p95 / floor", "reach", "errors", "reach ", "server")


@dataclass(frozen=True)
class Crowded:
    """A page, the control that is changed on it, its address, and how many times the floor's p95 it may take."""

    path: str
    widget: str
    reach: float
    query: str = "lang=en"


PAGES = (Crowded("cell", "hidden", 1.5), Crowded("gradients", "rho", 2.0, "lang=en&curve=skip&length=60&part=norms"))


def turns(
    page: Crowded, sessions: int, app: Server, floor: Server, query: str, rounds: int, seconds: float
) -> list[list[dict[str, Any]]]:
    """What crowds met on the app and on the floor, one after the other."""
    ours, bare = [], []
    for _ in range(rounds):
        options: dict[str, float] = {"sessions": sessions, "seconds": seconds, "period": PERIOD}
        ours.append(crowd(app.url, pid=app.pid, page=page.path, query=page.query, widget=page.widget, **options))
        bare.append(crowd(floor.url, pid=floor.pid, query=query, widget="gain", **options))
    return [ours, bare]


def middle(runs: list[dict[str, Any]], name: str) -> float:
    """The median over the turns."""
    return float(statistics.median(run[name] for run in runs))


def rows(page: Crowded, sessions: int, ours: list[dict[str, Any]], bare: list[dict[str, Any]]) -> list[list[object]]:
    """A row for the page and one for the floor."""
    found = []
    for name, runs in ((f"/{page.path}", ours), ("floor", bare)):
        compared = runs is ours
        found.append(
            [
                sessions,
                name,
                sum(run["reruns"] for run in runs),
                *(f"{middle(runs, time):.0f} ms" for time in ("p50_ms", "p95_ms")),
                f"{middle(ours, 'p95_ms') / middle(bare, 'p95_ms'):.2f} ×" if compared else "",
                f"≤ {page.reach} ×" if compared else "",
                sum(run["errors"] for run in runs),
                "0" if compared else "",
                f"{max(run['server_mib'] for run in runs)} MiB",
            ]
        )
    return found


def section(rounds: int = ROUNDS, seconds: float = SECONDS, pages: tuple[Crowded, ...] = PAGES) -> str:
    """The section of the report."""
    measured = []
    for page in pages:
        for sessions in SESSIONS:
            with serving() as app, serving(FLOOR) as floor:
                sizes = look_up(f"{app.url}/{page.path}?{page.query}")
                found = turns(page, sessions, app, floor, floor_query(sizes), rounds, seconds)
                measured += rows(page, sessions, *found)
    changed = ", ".join(f"`{page.widget}` on `/{page.path}`" for page in pages)
    return (
        f"Sessions over WebSockets, without browsers, that change a control ({changed}) every {PERIOD} s for "
        f"{seconds:.0f} s; from the change until all that it drew has arrived. The floor draws as many charts of the "
        f"same sizes. Medians of {rounds} turns.\n\n{table(HEAD, measured)}"
    )
