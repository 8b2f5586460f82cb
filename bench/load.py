"""Many live sessions on a page, each changing a control every three seconds, against the floor under the same load."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.charts import floor_query, look_up
from bench.crowd import crowd
from bench.report import kept_rows, table
from bench.server import FLOOR, serving

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.server import Server

HEADING = "Load"
ROUNDS, SECONDS, PERIOD = 3, 30, 3
HEAD = ("sessions", "page", "changes", "p50", "p95", "p95 / floor", "reach", "errors", "reach ", "server")


@dataclass(frozen=True)
class Crowded:
    """A page, the control that is changed on it, its address, and how many times the floor's p95 so many may take."""

    path: str
    widget: str
    reach: Mapping[int, float]
    query: str = "lang=en"


PAGES = (
    Crowded("cell", "hidden", {30: 1.5, 100: 2.0}),
    Crowded("gradients", "rho", {30: 2.0, 100: 2.0}, "lang=en&curve=skip&length=60&part=norms"),
)
PARTS: Mapping[str, tuple[Crowded, int]] = {
    f"{page.path}-{sessions}": (page, sessions) for page in PAGES for sessions in page.reach
}


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
                f"≤ {page.reach[sessions]} ×" if compared else "",
                sum(run["errors"] for run in runs),
                "0" if compared else "",
                f"{max(run['server_mib'] for run in runs)} MiB",
            ]
        )
    return found


def section(rounds: int = ROUNDS, seconds: float = SECONDS, pieces: Sequence[str] = tuple(PARTS)) -> str:
    """The section of the report with these crowds measured anew, and the others as they are.

    Args:
        rounds: turns of each.
        seconds: of a turn.
        pieces: which: a page's path and how many sessions.
    """
    kept = kept_rows(HEADING)
    found: dict[str, list[Sequence[object]]] = {
        f"{ours[1].removeprefix('/')}-{ours[0]}": [ours, bare] for ours, bare in zip(kept[::2], kept[1::2], strict=True)
    }
    for name in pieces:
        page, sessions = PARTS[name]
        with serving() as app, serving(FLOOR) as floor:
            sizes = floor_query(look_up(f"{app.url}/{page.path}?{page.query}"))
            found[name] = rows(page, sessions, *turns(page, sessions, app, floor, sizes, rounds, seconds))
        print(*found[name], sep="\n", flush=True)
    measured = [row for name in PARTS for row in found.get(name, [])]
    changed = ", ".join(f"`{page.widget}` on `/{page.path}`" for page in PAGES)
    return (
        f"Sessions over WebSockets, without browsers, that change a control ({changed}) every {PERIOD} s for "
        f"{seconds:.0f} s; from the change until all that it drew has arrived. The floor draws as many charts of the "
        f"same sizes. Medians of {rounds} turns.\n\n{table(HEAD, measured)}"
    )
