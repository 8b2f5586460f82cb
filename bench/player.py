"""Playing and stepping through a long sentence: what is sent meanwhile (nothing), and what a step costs the browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.browser import IDLE, PATIENCE, launched
from bench.browser_latency import quantile
from bench.report import table
from bench.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Locator, Page

HEADING = "Player"
WORDS, BEATS = 60, 20
QUERY = urlencode({"lang": "en", "text": "今日は天気が良いね" * 12, "cell": "lstm", "hidden": 64})
PAGES = {"/cell": ".scroller", "/": ".stage"}  # where the keys go
FRAME = 1000 / 60  # ms
PACE, MOVING, REST = 100, 240, 1500  # ms: between two steps; since the last one, still on the move; surely at rest
# Notes what is sent, by its time since the last move. `framed` puts a move at the begin of a frame and notes how long
# it ran, and how long the main thread was busy until that frame was handed on. Only the beat is exactly a second.
NOTE = """(() => {
  const bench = window.__bench = {sent: [], frames: [], moved: 0};
  const send = WebSocket.prototype.send, every = window.setInterval;
  WebSocket.prototype.send = function (...message) {
    bench.sent.push(performance.now() - bench.moved);
    return send.apply(this, message);
  };
  bench.framed = move => requestAnimationFrame(() => {
    const began = bench.moved = performance.now(), after = new MessageChannel();
    move();
    const script = performance.now() - began;
    after.port1.onmessage = () => bench.frames.push([script, performance.now() - began]);
    after.port2.postMessage(0);
  });
  window.setInterval = (call, wait, ...rest) => every(wait === 1000 ? () => bench.framed(call) : call, wait, ...rest);
})()"""
PRESS = """(element, [keys, pace]) => new Promise(done => {
  const down = key => new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
  const timer = setInterval(() => {
    const key = keys.shift();
    if (key) return __bench.framed(() => element.dispatchEvent(down(key)));
    clearInterval(timer);
    done();
  }, pace);
})"""


@dataclass
class Moved:
    """What was seen while the drawing moved; times in milliseconds, one a step.

    Attributes:
        sent: WebSocket messages while it moved, less than `MOVING` after a step.
        rested: those when it rested, which it does too where the machine stalls for so long.
        script: how long the move's own script ran.
        frame: the same with style, layout and paint: the main thread's time until the frame was handed on.
        busy: all of the main thread's work between begin and end, a step.
    """

    sent: int = 0
    rested: int = 0
    script: list[float] = field(default_factory=list)
    frame: list[float] = field(default_factory=list)
    busy: float = 0.0


def opened(browser: Browser, url: str) -> Page:
    """The page with what counts in it, idle."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US").new_page()
    page.add_init_script(NOTE)
    page.goto(url)
    page.wait_for_selector(".transport .play", timeout=PATIENCE)
    rest(page)
    return page


def rest(page: Page) -> None:
    """Wait until the page has taken over where the drawing rests."""
    page.wait_for_timeout(REST)
    page.wait_for_selector(IDLE, timeout=PATIENCE)
    page.wait_for_timeout(REST)


def worked(wire: CDPSession) -> float:
    """Seconds that the main thread has been at work so far."""
    metrics = {metric["name"]: metric["value"] for metric in wire.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


def stepped(page: Page, area: Locator, wire: CDPSession) -> Moved:
    """From the first word to the last and back, a step each `PACE`."""
    area.evaluate(PRESS, [["Home"], PACE])
    rest(page)
    begin(page)
    before = worked(wire)
    area.evaluate(PRESS, [["ArrowRight"] * (WORDS - 1) + ["ArrowLeft"] * (WORDS - 2), PACE])
    return ended(page, wire, before)


def played(page: Page, area: Locator, wire: CDPSession, beats: int) -> Moved:
    """Play from the first word for so many beats."""
    area.evaluate(PRESS, [["Home"], PACE])
    rest(page)
    begin(page)
    before = worked(wire)
    page.locator(".transport .play").first.click()
    page.wait_for_function("beats => __bench.frames.length >= beats", arg=beats, timeout=PATIENCE)
    return ended(page, wire, before, pause=True)


def begin(page: Page) -> None:
    """Count from here."""
    page.evaluate("() => Object.assign(__bench, {sent: [], frames: []})")


def ended(page: Page, wire: CDPSession, before: float, *, pause: bool = False) -> Moved:
    """What was seen since the begin, and what is sent once it rests."""
    frames, busy = page.evaluate("() => [...__bench.frames]"), worked(wire) - before
    playing = page.evaluate("() => __bench.sent.length")
    if pause:
        page.locator(".transport .play").first.click()
    rest(page)
    script, frame = (list(times) for times in zip(*frames, strict=True))
    since = page.evaluate("() => __bench.sent")
    sent, rested = (playing, len(since) - playing) if pause else apart(since)
    return Moved(sent, rested, script, frame, busy * 1e3 / len(frame))


def apart(since: list[float]) -> tuple[int, int]:
    """How many messages were sent on the move and how many at rest, by the milliseconds since the last step.

    Example:
        >>> apart([3.0, 251.0, 260.0])
        (1, 2)
    """
    moving = sum(time < MOVING for time in since)
    return moving, len(since) - moving


def within(times: list[float], limit: float = FRAME) -> float:
    """The share of times that are at most `limit`.

    Example:
        >>> within([1.0, 2.0, 30.0, 4.0])
        0.75
    """
    return sum(time <= limit for time in times) / len(times)


def row(page: str, what: str, moved: Moved) -> list[object]:
    """One page, played or stepped through."""
    return [
        page,
        what,
        len(moved.frame),
        moved.sent,
        "0",
        moved.rested,
        *(f"{quantile(moved.script, share)} ms" for share in (0.5, 0.95)),
        *(f"{quantile(moved.frame, share)} ms" for share in (0.5, 0.95)),
        f"{within(moved.frame):.1%}",
        f"{moved.busy:.1f} ms",
    ]


HEAD = (
    *("page", "by", "steps", "sent while moving", "reach", "sent at rest", "script p50", "p95"),
    *("frame p50", "p95 ", f"within {FRAME:.1f} ms", "all work a step"),
)


def section(beats: int = BEATS) -> str:
    """The section of the report."""
    rows = []
    with launched() as browser, serving() as server:
        for name, area in PAGES.items():
            page = opened(browser, f"{server.url}{name}?{QUERY}")
            wire = page.context.new_cdp_session(page)
            wire.send("Performance.enable")
            where = page.locator(area).first
            rows += [
                row(name, "step", stepped(page, where, wire)),
                row(name, "play", played(page, where, wire, beats)),
            ]
            page.context.close()
    return (
        f"{WORDS} words, LSTM, H = 64, every heatmap on the page; in Chromium. Stepping is a key each {PACE} ms from "
        "the first word to the last and back, playing a step each second. Sent: WebSocket messages; script: the move's "
        "own; frame: from there through style, layout and paint until the main thread is free again; all work: "
        f"whatever it did from begin to end, the gliding view included.\n\n{table(HEAD, rows)}"
    )
