"""A real Chromium, and a page as a new visitor loads it: how long until the first picture, and what it took."""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, BrowserContext, BrowserType, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
# What counts as a picture: a chart, or what a component of ours has drawn in its shadow root. These are lines, or
# elements of HTML on its board, which is empty until then.
CHARTS = '[data-testid="stPlotlyChart"], [data-testid^="stBidiComponent"]'
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
DRAWN = """charts => [...document.querySelectorAll(charts)].some(chart => {
  const roots = [chart, ...[...chart.querySelectorAll("*")].map(e => e.shadowRoot), chart.shadowRoot].filter(Boolean);
  const drawn = roots.flatMap(root => [...root.querySelectorAll("svg, canvas, .kioku .board:not(:empty)")]);
  return drawn.some(e => e.getBoundingClientRect().height > 60);
})"""
PATIENCE = 60_000  # ms
LOOK = 50  # ms from one look at a page that is loading to the next: who looks at every frame has each be drawn
# Two frames, in the first of which a drawing learns its new size, and time for what then begins to move.
LAID_OUT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"


@dataclass
class Load:
    """One load of a page: seconds to the first picture and to the idle app; KiB and requests; what the console said."""

    picture_s: float = 0.0
    idle_s: float = 0.0
    kib: float = 0.0
    requests: int = 0
    console: list[str] = field(default_factory=list)


@contextmanager
def launched(*more: str, names: Sequence[str] = NAMES) -> Iterator[Browser]:
    """The first of these Chromiums that the machine has, else Playwright's own, with our flags and more."""
    with sync_playwright() as playwright:
        browser = started(playwright.chromium, *more, names=names)
        try:
            yield browser
        finally:
            browser.close()


def started(chromium: BrowserType, *more: str, names: Sequence[str] = NAMES) -> Browser:
    """The same beside a browser that runs; who starts it closes it."""
    path = next(filter(None, map(shutil.which, names)), None)
    return chromium.launch(executable_path=path, args=[*FLAGS, *more])


def wait_until(page: Page, script: str, arg: Any, patience: int = PATIENCE) -> None:
    """Wait until a script says so, and a little later says so again: the last of a run is drawn once the app rests.

    What begins one more run then looks every 100 ms whether it does.
    """
    page.wait_for_function(script, arg=arg, polling=LOOK, timeout=patience)
    page.wait_for_timeout(120)
    page.wait_for_function(script, arg=arg, polling=LOOK, timeout=patience)


def at_rest(page: Page, script: str) -> Any:
    """What a script reads out of a page, once it reads the same again after the browser has laid it out anew.

    A script that finds nothing to read, for the page is just being made anew, gives null, and is asked again.

    Raises:
        TimeoutError: the page doesn't come to rest.
    """
    deadline = time.monotonic() + PATIENCE / 1000
    before, now = None, page.evaluate(script)
    while now is None or now != before:
        if time.monotonic() > deadline:
            msg = f"no rest within {PATIENCE / 1000:.0f} s: {before} and {now}"
            raise TimeoutError(msg)
        page.evaluate(LAID_OUT)
        before, now = now, page.evaluate(script)
    return now


def visit(browser: Browser, url: str, locale: str = "en-US") -> tuple[BrowserContext, Page, Load]:
    """Open `url` as somebody who was never here: empty cache, first visit; back when the app is idle."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=locale)
    return context, *visit_again(context, url)


def visit_again(context: BrowserContext, url: str) -> tuple[Page, Load]:
    """Open `url` in a tab of its own, with whatever this visitor has in their cache; back when the app is idle."""
    page, load = context.new_page(), Load()
    page.on("console", lambda m: load.console.append(f"{m.type}: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda error: load.console.append(f"uncaught: {error}"))
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: _count(load, event["encodedDataLength"], 1))
    wire.on(
        "Network.webSocketFrameReceived", lambda event: _count(load, len(event["response"]["payloadData"]) * 0.75, 0)
    )
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(DRAWN, arg=CHARTS, timeout=PATIENCE, polling=20)
    load.picture_s = time.perf_counter() - began
    page.wait_for_selector(IDLE, timeout=PATIENCE)
    load.idle_s = time.perf_counter() - began
    return page, load


def _count(load: Load, size: float, requests: int) -> None:
    load.kib += size / 1024
    load.requests += requests
