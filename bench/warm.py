"""A page opened on a warm server: how long until its first picture, for a new visitor and for one who was here."""

from __future__ import annotations

import statistics

from bench.browser import Load, launched, visit, visit_again
from bench.report import table
from bench.server import serving

HEADING = "Warm"
OPENINGS = 7
USES = ("text-generation", "sentiment", "speech", "forecast", "music", "video", "claims")
REACH = {"/": 1.0, "/cell": 1.0, **{f"/{name}": 1.5 for name in USES}}  # seconds, by page
HEAD = ("page", "browser's cache", "first picture, median", "slowest", "reach", "idle, median", "received")


def row(page: str, cache: str, loads: list[Load]) -> list[object]:
    """One page, opened again and again."""
    pictures = [load.picture_s for load in loads]
    return [
        page,
        cache,
        f"{statistics.median(pictures):.2f} s",
        f"{max(pictures):.2f} s",
        f"≤ {REACH[page]:g} s",
        f"{statistics.median(load.idle_s for load in loads):.2f} s",
        f"{statistics.median(load.kib for load in loads) / 1024:.1f} MiB",
    ]


def section(openings: int = OPENINGS) -> str:
    """The section of the report."""
    found: dict[tuple[str, str], list[Load]] = {(page, cache): [] for page in REACH for cache in ("empty", "filled")}
    with launched() as browser, serving() as server:
        for number in range(openings + 1):
            for page in REACH:
                url = f"{server.url}{page}?lang=en"
                context, tab, first = visit(browser, url)
                tab.close()
                _, again = visit_again(context, url)
                context.close()
                if number:  # the first visitor warms the server
                    found[page, "empty"].append(first)
                    found[page, "filled"].append(again)
    rows = [row(page, cache, loads) for (page, cache), loads in found.items()]
    return (
        f"A server that has drawn each page before; from the request to the first picture in Chromium. {openings} "
        f"visitors each, who open the page with an empty cache and then once more.\n\n{table(HEAD, rows)}"
    )
