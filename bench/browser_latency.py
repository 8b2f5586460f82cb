"""What a person at a browser waits for: from the key that changes a control to the frame that shows it.

Opens a page of a running app, changes one slider or row of buttons by keyboard again and again, and measures inside
the page from the key to the next frame after a chart changed (`paint`), and until no chart changes any more and the app
is idle (`settled`). Prints one line of JSON. Loopback only.

    python -m bench.browser_latency --url "http://127.0.0.1:8501/cell?lang=en" --widget hidden --changes 20
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench.browser import CHARTS, IDLE, PATIENCE, launched, visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Locator, Page

WIDGETS = '[data-testid="stSlider"], [data-testid="stButtonGroup"]'
CHOSEN = "[aria-checked='true'], [aria-pressed='true'], [data-selected='true']"
KEY = """element => [...(element.closest('[class*="st-key-"]')?.classList ?? [])]
  .find(name => name.startsWith("st-key-")) ?? "" """
QUIET = 250  # ms without a change of any chart: it has settled
LOST = 3000  # ms without any: this change shows nowhere
WATCH = """charts => {
  const seen = window.__bench = {key: 0, first: 0, last: 0};
  addEventListener("keydown", event => { seen.key ||= event.timeStamp; }, true);
  const note = () => requestAnimationFrame(() => setTimeout(() => {   // after the frame that shows this change
    seen.last = performance.now();
    if (seen.key) seen.first ||= seen.last;
  }));
  const of = node => node.nodeType === 1 ? node : node.parentElement;
  const concerns = change => of(change.target)?.closest(charts)
    || [...change.addedNodes].some(node => node.nodeType === 1 && (node.matches(charts) || node.querySelector(charts)));
  const watch = root => new MutationObserver(changes => changes.some(concerns) && note())
    .observe(root, {subtree: true, childList: true, attributes: true, characterData: true});
  watch(document.body);
  for (const element of document.querySelectorAll(charts)) {   // a shadow root hides its changes from outside
    for (const inner of [element, ...element.querySelectorAll("*")]) {
      if (inner.shadowRoot) new MutationObserver(note)
        .observe(inner.shadowRoot, {subtree: true, childList: true, attributes: true, characterData: true});
    }
  }
}"""


@dataclass
class Latencies:
    """Milliseconds of each change, and how many changes showed nowhere."""

    paint: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    missed: int = 0

    def summary(self) -> dict[str, float | int | None]:
        """Medians and 95th percentiles."""
        return {
            "changes": len(self.paint),
            "missed": self.missed,
            "paint_p50_ms": quantile(self.paint, 0.5),
            "paint_p95_ms": quantile(self.paint, 0.95),
            "settled_p50_ms": quantile(self.settled, 0.5),
            "settled_p95_ms": quantile(self.settled, 0.95),
        }


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` of all do not exceed, to a tenth."""
    if len(values) < 2:
        return round(values[0], 1) if values else None
    return round(statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1], 1)


def measure(browser: Browser, url: str, widget: str, changes: int = 20, pause: float = 0.2) -> Latencies:
    """Change the control whose label or key holds `widget`, `changes` times, with `pause` seconds between."""
    with opened(browser, url, widget) as (page, box):
        return change(page, box, changes, pause)


@contextmanager
def opened(browser: Browser, url: str, widget: str) -> Iterator[tuple[Page, Locator]]:
    """The page at `url`, watched, and the control on it whose label or key holds `widget`."""
    context, page, _ = visit(browser, url)
    box = find(page, widget)
    page.evaluate(WATCH, CHARTS)
    try:
        yield page, box
    finally:
        context.close()


def change(page: Page, box: Locator, changes: int, pause: float = 0.2) -> Latencies:
    """Change a control of a watched page, `changes` times, with `pause` seconds between."""
    found = Latencies()
    for number in range(changes):
        page.evaluate("() => Object.assign(__bench, {key: 0, first: 0, last: 0})")
        press(page, box, number)
        await_repaint(page, found)
        page.wait_for_timeout(pause * 1e3)
    return found


def find(page: Page, widget: str) -> Locator:
    """The slider or row of buttons whose label, text or key holds `widget`, once it is there."""
    end = time.perf_counter() + PATIENCE / 1e3
    while time.perf_counter() < end:
        if box := there(page, widget):
            return box
        page.wait_for_timeout(100)
    raise LookupError(f"no slider and no row of buttons {widget!r} on the page")


def there(page: Page, widget: str) -> Locator | None:
    """The same if it is there now."""
    boxes = page.locator(WIDGETS)
    for index in range(boxes.count()):
        box = boxes.nth(index)
        key = box.evaluate(KEY)
        if widget.lower() in f"{box.inner_text()} {key}".lower():
            own = page.locator(f".{key}").locator(WIDGETS) if key else box  # stays the same while others come and go
            return own if own.count() == 1 else box
    return None


def press(page: Page, box: Locator, number: int) -> None:
    """Change the control by one key: a slider eight steps up, eight down; a row of buttons to the end and back."""
    if box.get_attribute("data-testid") == "stSlider":
        thumb = box.locator('input[type="range"], [role="slider"]').first
        thumb.focus()
        value = "name => +(element[name] ?? element.getAttribute('aria-value' + (name === 'value' ? 'now' : name)))"
        now, low, high = thumb.evaluate(f"element => ['value', 'min', 'max'].map({value})")
        up = now <= low or (now < high and number % 16 < 8)
        page.keyboard.press("ArrowRight" if up else "ArrowLeft")
        return
    box.locator(CHOSEN).first.focus()
    before, last = box.evaluate(
        "(box, chosen) => { const all = [...box.querySelectorAll('button')]; "
        "return [all.findIndex(one => one.matches(chosen)), all.length - 1]; }",
        CHOSEN,
    )
    page.keyboard.press("ArrowRight" if upwards(before, last, number) else "ArrowLeft")
    if not box.locator("button").nth(before).evaluate("(one, chosen) => !one.matches(chosen)", CHOSEN):
        page.keyboard.press("Space")


def upwards(at: int, last: int, number: int) -> bool:
    """Whether change `number` goes up from place `at` of 0 … `last`: to and fro, and never beyond an end.

    Example:
        >>> [upwards(at, 2, number) for number, at in enumerate((1, 2, 1, 0))]
        [True, False, False, True]
    """
    return at == 0 or (at < last and number // max(1, last) % 2 == 0)


def await_repaint(page: Page, found: Latencies, timeout: float = 30.0) -> None:
    """Wait until the change has shown and settled, and note how long both took."""
    end = time.perf_counter() + timeout
    theme = "idle => ({...__bench, now: performance.now(), idle: !!document.querySelector(idle)})"
    while time.perf_counter() < end:
        page.wait_for_timeout(60)
        seen = page.evaluate(theme, IDLE)
        quiet = seen["now"] - max(seen["last"], seen["key"])
        if seen["first"] and seen["idle"] and quiet > QUIET:
            found.paint.append(seen["first"] - seen["key"])
            found.settled.append(seen["last"] - seen["key"])
            return
        if seen["idle"] and not seen["first"] and quiet > LOST:
            break
    found.missed += 1


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True)
    parser.add_argument("--widget", required=True, help="part of the control's label, text or key")
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--pause", type=float, default=0.2, help="seconds between changes")
    args = parser.parse_args(arguments)
    if urlsplit(args.url).hostname not in ("localhost", "127.0.0.1"):
        parser.error("loopback addresses only")
    with launched() as browser:
        found = measure(browser, args.url, args.widget, args.changes, args.pause)
    print(json.dumps(found.summary()))
    return 1 if found.missed else 0


if __name__ == "__main__":
    sys.exit(main())
