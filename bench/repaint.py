"""A control of a page is changed: how long until it is repainted, against the floor, taking turns."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.browser import launched
from bench.browser_latency import Latencies, change, opened, quantile
from bench.charts import Size, floor_query, sizes_on
from bench.crowd import crowded
from bench.report import table
from bench.server import FLOOR, serving

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Locator
    from playwright.sync_api import Page as Tab

ROUNDS, CHANGES, PAUSE = 5, 12, 0.2
FLOORS = "gain"  # the floor's control
HEAD = ("control", "other sessions", "until", "p50", "p95", "floor p50", "floor p95", "p50 / floor", "p95 / floor")


@dataclass(frozen=True)
class Page:
    """What is changed on a page, and what it may take.

    Attributes:
        path: the page.
        controls: the controls that are changed, by a part of their labels or keys; the first one in a crowd too.
        query: its address.
        alone: how many times the floor may be.
        crowd: so many other sessions in the second measurement; 0 for none.
        among: how many times the floor may be among them.
        most: milliseconds that it may take whatever the floor takes; None for no such bound.
    """

    path: str
    controls: tuple[str, ...]
    query: str = "lang=en"
    alone: float = 1.5
    crowd: int = 0
    among: float = 1.5
    most: float | None = None


@dataclass(frozen=True)
class Watched:
    """A page that is open, the control on it that is changed, and the part of its label or key by which it is found."""

    url: str
    widget: str
    page: Tab
    box: Locator


def turns(
    mine: Watched, its: Watched, others: int, rounds: int, changes: int, pause: float
) -> tuple[Latencies, Latencies]:
    """All changes of both pages, by turns of `changes`; a first turn of each is not counted."""
    ours, bare = Latencies(), Latencies()
    for number in range(rounds + 1):
        for watched, total in ((mine, ours), (its, bare)):
            with among(watched, others):
                found = change(watched.page, watched.box, changes, pause)
            if number:
                total.paint += found.paint
                total.settled += found.settled
            total.missed += found.missed
    return ours, bare


def among(watched: Watched, others: int) -> AbstractContextManager[None]:
    """So many other sessions on the same page, who change the same control."""
    if not others:
        return nullcontext()
    site, _, query = watched.url.partition("?")
    server, _, path = site.rpartition("/")
    return crowded(server, 6, page=path, query=query, widget=watched.widget, sessions=others)


def rows(widget: str, others: int, ours: Latencies, bare: Latencies, reach: str) -> list[list[object]]:
    """What was measured until the first chart is repainted, and until all are."""
    found = []
    for until, mine, its in (("first", ours.paint, bare.paint), ("all", ours.settled, bare.settled)):
        times = [quantile(values, share) for values in (mine, its) for share in (0.5, 0.95)]
        ratios = [ratio(times[0], times[2]), ratio(times[1], times[3])]
        said = ["–" if time is None else f"{time:.0f} ms" for time in times]
        found.append([widget, others, until, *said, *ratios, reach, ours.missed + bare.missed])
    return found


def ratio(one: float | None, other: float | None) -> str:
    """How many times `other` is `one`."""
    return f"{one / other:.2f} ×" if one is not None and other else "–"


def reach(page: Page, others: int) -> str:
    """What is to be reached."""
    return f"≤ {page.most:.0f} ms" if page.most else f"≤ {page.among if others else page.alone} ×"


def measured(*pages: Page, rounds: int = ROUNDS, changes: int = CHANGES, pause: float = PAUSE) -> str:
    """A paragraph and a table for each page, on the same servers.

    Args:
        pages: which.
        rounds: turns of each control.
        changes: of a turn.
        pause: seconds between two changes, beside those in which a page comes to rest.
    """
    with launched() as browser, serving() as app, serving(FLOOR) as floor:
        return "\n\n".join(_measured(browser, app.url, floor.url, page, (rounds, changes, pause)) for page in pages)


def _measured(browser: Browser, app: str, floor: str, page: Page, often: tuple[int, int, float]) -> str:
    found: list[list[object]] = []
    url, sizes = f"{app}/{page.path}?{page.query}", list[Size]()
    for others in (0, page.crowd) if page.crowd else (0,):
        for widget in page.controls if not others else page.controls[:1]:
            with opened(browser, url, widget) as (tab, box):
                tab.wait_for_selector(".js-plotly-plot .main-svg")  # the first picture of a page may be another one
                sizes = sizes_on(tab)
                bare = f"{floor}/?{floor_query(sizes)}{like(box)}"
                with opened(browser, bare, FLOORS) as (other, gain):
                    pair = Watched(url, widget, tab, box), Watched(bare, FLOORS, other, gain)
                    found += rows(widget, others, *turns(*pair, others, *often), reach(page, others))
    return f"{said(page, sizes, *often[:2])}\n\n{table((*HEAD, 'reach', 'missed'), found)}"


def like(box: Locator) -> str:
    """What gives the floor a control of the same kind: one key moves a slider, a row of buttons takes two."""
    buttons = 0 if box.get_attribute("data-testid") == "stSlider" else box.locator("button").count()
    return f"&buttons={buttons}" if buttons else ""


def path_said(words: str) -> str:
    """Of which page such words are."""
    return words.partition("`/")[2].partition("?")[0]


def said(page: Page, sizes: Sequence[object], rounds: int, changes: int) -> str:
    """What the table shows."""
    others = "; the other sessions are on the same server and change the same control every 3 s" if page.crowd else ""
    return (
        f"From the key that changes a control of `/{page.path}?{page.query}` to the frame in Chromium that shows it: "
        "until the first picture is repainted, and until all are. The floor is a bare Streamlit page that draws as "
        f"many Plotly charts of the same sizes ({', '.join(map(str, sizes))}: columns, rows, px) from ready arrays, "
        "with a control of the same kind. "
        f"{rounds} turns of {changes} changes each, one page after the other{others}. Missed: changes that no picture "
        "was seen to show."
    )
