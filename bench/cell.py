"""A control of `/cell` is changed: how long until it is repainted, against the floor, taking turns."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from bench.browser import launched
from bench.browser_latency import Latencies, measure, quantile
from bench.charts import floor_query, sizes_at
from bench.crowd import crowded
from bench.report import table
from bench.server import FLOOR, serving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

HEADING = "Cell"
QUERY = "lang=en"
CONTROLS = ("hidden", "quantity")
ROUNDS, CHANGES, OTHERS = 5, 12, 30
ALONE, AMONG_OTHERS = 1.3, 1.5
HEAD = ("control", "other sessions", "until", "p50", "p95", "floor p50", "floor p95", "p50 / floor", "p95 / floor")


def turns(
    browser: Browser, app: str, floor: str, widget: str, others: int, rounds: int, changes: int
) -> tuple[Latencies, Latencies]:
    """All changes of both pages, by turns of `changes`; a first turn of each is not counted."""
    ours, bare = Latencies(), Latencies()
    for number in range(rounds + 1):
        for url, changed, total in ((app, widget, ours), (floor, "gain", bare)):
            site, _, query = url.partition("?")
            server, _, path = site.rpartition("/")
            among = crowded(server, 6, page=path, query=query, widget=changed, sessions=others)
            with among if others else nullcontext():
                found = measure(browser, url, changed, changes)
            if number:
                total.paint += found.paint
                total.settled += found.settled
            total.missed += found.missed
    return ours, bare


def rows(widget: str, others: int, ours: Latencies, bare: Latencies) -> list[list[object]]:
    """What was measured until the first chart is repainted, and until all are."""
    reach = AMONG_OTHERS if others else ALONE
    found = []
    for until, mine, its in (("first", ours.paint, bare.paint), ("all", ours.settled, bare.settled)):
        times = [quantile(values, share) for values in (mine, its) for share in (0.5, 0.95)]
        ratios = [ratio(times[0], times[2]), ratio(times[1], times[3])]
        said = ["–" if time is None else f"{time:.0f} ms" for time in times]
        found.append([widget, others, until, *said, *ratios, f"≤ {reach} ×", ours.missed + bare.missed])
    return found


def ratio(one: float | None, other: float | None) -> str:
    """How many times `other` is `one`."""
    return f"{one / other:.2f} ×" if one is not None and other else "–"


def section(
    rounds: int = ROUNDS,
    changes: int = CHANGES,
    controls: Sequence[str] = CONTROLS,
    crowds: Sequence[int] = (0, OTHERS),
) -> str:
    """The section of the report."""
    measured = []
    with launched() as browser, serving() as app, serving(FLOOR) as floor:
        page = f"{app.url}/cell?{QUERY}"
        sizes = sizes_at(browser, page)
        bare = f"{floor.url}/?{floor_query(sizes)}"
        for others in crowds:
            for widget in controls if not others else controls[:1]:
                measured += rows(widget, others, *turns(browser, page, bare, widget, others, rounds, changes))
    drawn = ", ".join(f"{size.columns} × {size.rows} in {size.width} × {size.height} px" for size in sizes)
    return (
        "From the key that changes a control of `/cell` to the frame in Chromium that shows it: until the first "
        "picture is repainted, and until all are. The floor is a bare Streamlit page that draws as many Plotly charts "
        f"of the same sizes ({drawn}) from ready arrays. {rounds} turns of {changes} changes each, one page after the "
        "other; the other sessions are on the same server and change the same control every 3 s. Missed: changes that "
        f"no picture was seen to show.\n\n{table((*HEAD, 'reach', 'missed'), measured)}"
    )
