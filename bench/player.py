"""Playing and stepping through a long sentence: what is sent meanwhile (nothing), and what a step costs the browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.browser import IDLE, PATIENCE, launched
from bench.browser_latency import quantile
from bench.report import table
from bench.server import serving
from bench.stage import ANSWERED, DRAWN

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Locator, Page

    from pages._ui.chapter import Chapter

HEADING = "Player"
SHORT = ("bidirectional",)  # plays no long sentence
WORDS, STEPS, BEATS = 60, 60, 10  # of the sentence; at most so many steps, and so many that are played
LARGE = {"text": "今日は天気が良いね" * 12, "cell": "lstm", "hidden": 64}  # where a chapter has it
FRAME = 1000 / 60  # ms
PACE, MOVING, REST = 80, 240, 700  # ms: between two steps; since the last one, still on the move; surely at rest
FASTEST = "2 ×"
AT = ".st-key-drawing .transport input[type=range]"
# Notes what is sent, by its time since the last move. Once `begun`, whatever moves the drawing is put at the begin of a
# frame, be it a key, a timer or the frame in which a sound has come further; noted is how long that ran, and how long
# the main thread was busy until the frame was handed on.
NOTE = """(() => {
  const bench = window.__bench = {sent: [], frames: [], moved: 0, begun: false};
  const send = WebSocket.prototype.send, later = window.setTimeout, frame = window.requestAnimationFrame;
  WebSocket.prototype.send = function (...message) {
    bench.sent.push(performance.now() - bench.moved);
    return send.apply(this, message);
  };
  let range = null;
  const step = () => {
    if (!range?.isConnected) {
      const hosts = [...document.querySelectorAll(".st-key-drawing *")];
      range = hosts.map(host => host.shadowRoot?.querySelector(".transport input[type=range]")).find(Boolean);
    }
    return range?.value;
  };
  const noted = (call, ...told) => {
    const was = step(), began = performance.now(), after = new MessageChannel();
    call(...told);
    if (step() === was) return;
    const script = performance.now() - began;
    bench.moved = began;
    after.port1.onmessage = () => bench.frames.push([script, performance.now() - began]);
    after.port2.postMessage(0);
  };
  bench.framed = (call, ...told) => frame(() => noted(call, ...told));
  const watched = call => bench.begun && typeof call === "function";
  window.setTimeout = (call, wait, ...told) =>
    later(watched(call) ? () => bench.framed(call, ...told) : call, wait, ...told);
  window.requestAnimationFrame = call => frame(watched(call) ? now => noted(call, now) : call);
})()"""
MOVING_ON = tuple(row for row in DRAWN if row.name != "training")  # which has nothing to move along before a training
PRESS = """(range, [keys, pace]) => new Promise(done => {
  const down = key => new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
  const timer = setInterval(() => {
    const key = keys.shift();
    if (key) return __bench.framed(() => range.closest(".kioku").dispatchEvent(down(key)));
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


def opened(page: Page, url: str, chapter: Chapter) -> Locator:
    """Go to a chapter that has nothing more to do; the field that says which step its drawing stands at."""
    large = {} if chapter.name in SHORT else {key: LARGE[key] for key in LARGE if key in chapter.controls}
    page.goto(f"{url}/{chapter.address}?{urlencode({'lang': 'en'} | large | ANSWERED.get(chapter.name, {}))}")
    at = page.locator(AT).first
    at.wait_for(state="attached", timeout=PATIENCE)
    rest(page)
    return at


def rest(page: Page) -> None:
    """Wait until the page has taken over where the drawing rests."""
    page.wait_for_timeout(REST)
    page.wait_for_selector(IDLE, timeout=PATIENCE)


def worked(wire: CDPSession) -> float:
    """Seconds that the main thread has been at work so far."""
    metrics = {metric["name"]: metric["value"] for metric in wire.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


def way(total: int, steps: int = STEPS) -> list[str]:
    """The keys from the first step to the last and back, again and again.

    Example:
        >>> way(3, 5)
        ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowRight']
    """
    there = ["ArrowRight"] * (total - 1) + ["ArrowLeft"] * (total - 1)
    return list(islice(cycle(there), steps))


def stepped(page: Page, at: Locator, wire: CDPSession) -> Moved:
    """To and fro, a step each `PACE`."""
    first(page, at)
    begin(page)
    before = worked(wire)
    at.evaluate(PRESS, [way(int(at.get_attribute("max") or 0)), PACE])
    return ended(page, wire, before)


def played(page: Page, at: Locator, wire: CDPSession, beats: int) -> Moved:
    """Play from the first step on, as fast as it goes, but not to the end, where it rests."""
    first(page, at)
    fastest(page)
    begin(page)
    before = worked(wire)
    at.evaluate(PRESS, [[" "], PACE])
    most = min(beats, int(at.get_attribute("max") or 0) - 2)
    page.wait_for_function("beats => __bench.frames.length >= beats", arg=most, timeout=PATIENCE)
    return ended(page, wire, before, pause=True)


def first(page: Page, at: Locator) -> None:
    """Go to the first step, and rest there."""
    at.evaluate(PRESS, [["Home"], PACE])
    rest(page)


def fastest(page: Page) -> None:
    """Choose the highest speed, whose button only the stage shows."""
    pace = page.locator(".st-key-drawing .transport .pace").first
    while pace.inner_text() != FASTEST:
        pace.evaluate("button => button.click()")


def begin(page: Page) -> None:
    """Count from here."""
    page.evaluate("() => Object.assign(__bench, {sent: [], frames: [], begun: true})")


def ended(page: Page, wire: CDPSession, before: float, *, pause: bool = False) -> Moved:
    """What was seen since the begin, and what is sent once it rests."""
    frames, busy = page.evaluate("() => [...__bench.frames]"), worked(wire) - before
    playing = page.evaluate("() => __bench.sent.length")
    if pause:
        page.locator(AT).first.evaluate(PRESS, [[" "], PACE])
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
        page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US").new_page()
        page.add_init_script(NOTE)
        wire = page.context.new_cdp_session(page)
        wire.send("Performance.enable")
        for chapter in MOVING_ON:
            at = opened(page, server.url, chapter)
            rows += [
                row(f"/{chapter.address}", "step", stepped(page, at, wire)),
                row(f"/{chapter.address}", "play", played(page, at, wire, beats)),
            ]
    return (
        f"At 1280 × 900, in Chromium, every chapter with all its charts, and with a sentence of {WORDS} words, an LSTM "
        f"and H = 64 where it takes them. Stepping is a key each {PACE} ms to and fro, playing at {FASTEST} the speed. "
        "Sent: WebSocket messages; script: the move's own; frame: from there through style, layout and paint until the "
        "main thread is free again; all work: whatever it did from begin to end, the gliding view "
        f"included. /training moves along what it has trained.\n\n{table(HEAD, rows)}"
    )
