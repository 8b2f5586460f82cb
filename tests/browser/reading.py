"""What a reader has in front of them, read out of a real browser."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from axe_playwright_python.sync_playwright import Axe

from bench.browser import LOOK, at_rest
from bench.stage import DESK, LOWEST, seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Page

HIGHEST, PHONE = 12_000, 640  # px
BROKEN = {"resultTypes": ["violations"]}  # axe tests all the same, and describes one element only of what is well
# Where the mark of the step stands in some charts, in px within the chart, by the chart's key.
MARKED = """keys => Object.fromEntries(keys.map(key => {
    const chart = document.querySelector(`.st-key-chart_${key} .js-plotly-plot`);
    const index = chart.layout.shapes.findIndex(shape => shape.name === "cursor");
    const mark = chart.querySelector(`.shapelayer path[data-index="${index}"]`).getBoundingClientRect();
    const frame = chart.getBoundingClientRect();
    return [key, [mark.x - frame.x, mark.y - frame.y]];
}))"""
# Counts in a page what it sends to the server, and how much of that had been sent when the server last answered.
# Listened to from outside, each request and all that is sent would go through two more processes.
COUNTED = """(() => {
    const wire = window.wire = { sent: 0, answered: 0, before: 0 };
    window.WebSocket = class extends WebSocket {
        constructor(...to) { super(...to); this.addEventListener("message", () => { wire.answered = wire.sent; }); }
        send(said) { wire.sent += 1; super.send(said); }
    };
})()"""
# Plays a drawing's sound and looks at every frame: KIND is the drawing's class, GOES_ON and ROW are of `audio`, `root`,
# `track` (the first) and of where something stands along it, from 0 to 1: `along`.
SOUNDING = """async () => {
    const rows = [], real = HTMLMediaElement.prototype.play;
    const host = [...document.querySelectorAll("*")].find(one => one.shadowRoot?.querySelector(".kioku.KIND"));
    const root = host.shadowRoot, track = root.querySelector(".track");
    const sound = new Promise(done => {
        HTMLMediaElement.prototype.play = function () { done(this); return real.call(this); };
    });
    root.querySelector("button.play").click();
    const audio = await sound;
    HTMLMediaElement.prototype.play = real;
    const px = (node, name) => parseFloat(node.style[name]);
    const along = (node, more = 0) => (px(node, "left") + more - px(track, "left")) / px(track, "width");
    // from now on after the drawing in each frame
    await new Promise(begun => audio.addEventListener("timeupdate", begun, { once: true }));
    while (GOES_ON && rows.length < 400) {
        await new Promise(requestAnimationFrame);
        if (!audio.paused) rows.push(ROW);
    }
    if (!audio.paused) root.querySelector("button.play").click();
    return rows;
}"""


def sounding(page: Page, kind: str, goes_on: str, row: str) -> list[list[float]]:
    """What is seen at every frame while a drawing's sound is played."""
    rows: list[list[float]] = page.evaluate(
        SOUNDING.replace("KIND", kind).replace("GOES_ON", goes_on).replace("ROW", row)
    )
    return rows


def address(page: Page) -> dict[str, str]:
    """The address's parameters."""
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


@contextmanager
def overheard(page: Page) -> Iterator[list[str]]:
    """What leaves the browser meanwhile: addresses that are asked for, and "a message" for each to the server.

    An image that lies in the page itself is asked of nobody.
    """
    sent: list[str] = []

    def asked(event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if not url.startswith("data:"):
            sent.append(url)

    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", asked)
    network.on("Network.webSocketFrameSent", lambda _: sent.append("a message"))
    network.send("Network.enable")
    yield sent
    network.detach()


@contextmanager
def answered(page: Page, messages: int = 1) -> Iterator[None]:
    """Go on once the server has begun to answer so many messages that the browser has sent meanwhile."""
    page.evaluate("() => { if (window.wire) wire.before = wire.sent; }")
    yield
    page.wait_for_function("messages => window.wire?.answered - wire.before >= messages", arg=messages, polling=LOOK)


def plotted(page: Page, key: str, field: str) -> np.ndarray:
    """What a chart in the browser holds, as numbers."""
    rows = page.evaluate(
        """([key, field]) => {
            const data = document.querySelector(`.st-key-chart_${key} .js-plotly-plot`)._fullData[0][field];  // decoded
            return Array.from(data, row => (row.length === undefined ? row : Array.from(row)));
        }""",
        [key, field],
    )
    return np.array(rows, np.float32)


def marked(page: Page, keys: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Where the mark of the step stands in some charts, in px within the chart."""
    found: dict[str, tuple[float, float]] = page.evaluate(MARKED, list(keys))
    return found


def barriers(page: Page, *, whole: bool = True) -> list[tuple[str, list[str]]]:
    """What shuts a reader out, by axe: each rule that is broken, and where.

    Contrast is judged of what is in sight, so the window is made as high as the page, unless only what is in it is
    asked for. On a phone Streamlit's own folded menu, which axe objects to, is left out.
    """
    size = page.viewport_size or {"width": 1280, "height": 720}
    if whole:
        # the page of a phone is no Streamlit page
        high = page.evaluate(
            "(document.querySelector('[data-testid=stMain]') ?? document.documentElement).scrollHeight"
        )
        page.set_viewport_size({"width": size["width"], "height": min(high, HIGHEST)})
    folded = {"exclude": [["[data-testid=stSidebar]"]]} if size["width"] <= PHONE else None
    found = [
        (row["id"], [node["html"][:160] for node in row["nodes"]])
        for row in Axe().run(page, context=folded, options=BROKEN).response["violations"]
    ]
    page.set_viewport_size(size)
    return found


def off_the_desk(page: Page) -> dict[str, float]:
    """Where the first drawing begins and ends on a desk, in px, if that is not within its screen."""
    found = seen(page, *DESK)
    bounds = {"top": (found.top, LOWEST), "end": (found.end, DESK[1])}
    return {which: at for which, (at, most) in bounds.items() if at > most}


def unwhole(page: Page) -> list[str]:
    """What a narrow phone shows that is cut off, or too low to be pressed."""
    page.set_viewport_size({"width": 360, "height": 800})
    found: list[str] = at_rest(page, (Path(__file__).parent / "phone.js").read_text(encoding="utf-8"))
    return found


def overflow(page: Page) -> int:
    """How many pixels of the page lie beyond the screen's right edge."""
    return int(
        page.evaluate(
            """() => {
                const [root, main] = [document.documentElement, document.querySelector("[data-testid=stMain]")];
                return root.scrollWidth - innerWidth + main.scrollWidth - main.clientWidth;
            }"""
        )
    )
