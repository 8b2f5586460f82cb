"""A class of a hundred phones votes while a teacher looks on and others read: what is lost, and who waits for whom."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.browser import IDLE, launched
from bench.crowd import crowd
from bench.phones import PHONES, SECONDS
from bench.report import table
from bench.server import ROOT, serving

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Page

HEADING = "Room"
LIGHT, PERIOD, WARM = 10, 1.0, 5.0  # readers of another page, seconds between two changes, and before anything counts
SLOWER, LATER = 1.5, 1000.0  # times the p95 of other pages, and ms until the teacher's count is right
HEAD = (
    *(
        "phones",
        "votes",
        "confirmed p50",
        "p95",
        "errors",
        "reach",
        "lost or doubled",
        "reach ",
        "teacher's count right",
    ),
    *("reach  ", "/cell p95", "without phones", "with / without", "reach   "),
)
PATIENCE = 60_000  # ms


def open_room(page: Page, url: str) -> str:
    """Open a vote as a teacher does; the code of the room."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"{url}/order?lang=en")
    page.wait_for_selector(".st-key-model_card")
    page.wait_for_selector(IDLE)
    page.locator(".st-key-classroom button").click()
    page.get_by_role("dialog").get_by_text("Show of hands").click()
    page.locator(".st-key-classroom_start button").click()
    return page.locator(".room strong").inner_text()


def counted(page: Page) -> int:
    """How many votes the teacher sees."""
    found = re.match(r"\d+", page.locator(".votes strong").inner_text())
    return int(found[0]) if found else 0


def seen(page: Page, votes: int) -> float:
    """When the teacher sees so many votes, by the clock of the machine."""
    deadline = perf_counter() + PATIENCE / 1e3
    while counted(page) != votes and perf_counter() < deadline:
        page.wait_for_timeout(20)
    return perf_counter()


def by_answer(page: Page) -> list[int]:
    """How many votes the teacher sees for each answer."""
    page.locator(".st-key-classroom_split summary").click()
    page.wait_for_selector(".st-key-classroom_split .answers")
    return [int(one) for one in page.locator(".st-key-classroom_split .answers strong").all_inner_texts()]


def lost(cast: Sequence[int], seen: Sequence[int]) -> int:
    """How many votes are missing or too many, over all answers.

    Example:
        >>> lost([3, 2], [3, 2, 0]), lost([3, 2], [2, 3, 1])
        (0, 3)
    """
    padded = [*cast, *(0 for _ in range(len(seen) - len(cast)))]
    return sum(abs(ours - theirs) for ours, theirs in zip(padded, seen, strict=True))


def voting(url: str, code: str) -> dict[str, Any]:
    """What the phones have met, in a process of their own."""
    command = [sys.executable, "-m", "bench.phones", "--url", url, "--code", code]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def row(
    phones: Mapping[str, Any], missing: int, late: float, busy: Mapping[str, Any], quiet: Mapping[str, Any]
) -> list[Any]:
    """The row of the table."""
    return [
        *(phones["phones"], phones["votes"], f"{phones['p50_ms']:.0f} ms", f"{phones['p95_ms']:.0f} ms"),
        *(phones["errors"] + busy["errors"], 0, missing, 0, f"{late:.0f} ms", f"≤ {LATER:.0f} ms"),
        *(f"{busy['p95_ms']:.0f} ms", f"{quiet['p95_ms']:.0f} ms"),
        *(f"{busy['p95_ms'] / quiet['p95_ms']:.2f} ×", f"≤ {SLOWER} ×"),
    ]


def section() -> str:
    """The section of the report."""
    cores = len(os.sched_getaffinity(0))
    with serving(settings={"KIOKU_PROCESSES": str(cores)}) as server, launched() as browser:
        page = browser.new_page(locale="en-US")
        code = open_room(page, server.url)
        light: dict[str, Any] = {
            "page": "cell",
            "query": "lang=en",
            "widget": "hidden",
            "sessions": LIGHT,
            "period": PERIOD,
        }
        crowd(server.url, seconds=WARM, **light)
        quiet = crowd(server.url, seconds=SECONDS, **light)
        with ThreadPoolExecutor(2) as others:
            class_of = others.submit(voting, server.url, code)
            readers = others.submit(crowd, server.url, seconds=SECONDS, **light)
            moment = seen(page, PHONES)
            phones, busy = class_of.result(), readers.result()
        late = 1e3 * max(0.0, moment - phones["last"])
        missing = lost(phones["cast"], by_answer(page))
    print(*phones["error_samples"], sep="\n", flush=True)
    return (
        f"{PHONES} phones over WebSockets load the page of a room and vote within {SECONDS:.0f} s, a third of them "
        f"twice; `make serve` with {cores} processes. A vote is confirmed when its phone has been told so. The teacher "
        "looks on in a browser: from the moment at which the last phone's first vote is confirmed until all are in the "
        f"count. {LIGHT} sessions change `hidden` on `/cell` every {PERIOD:.0f} s meanwhile.\n\n"
        f"{table(HEAD, [row(phones, missing, late, busy, quiet)])}"
    )
