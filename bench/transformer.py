"""`/transformer`: a control against the floor, and its measurement: how soon it begins, ends, and whom it holds up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bench.browser import launched, visit
from bench.browser_latency import measure, quantile
from bench.repaint import CHANGES, ROUNDS, measured
from bench.repaint import Page as Repainted
from bench.report import table
from bench.server import serving
from rnn_core.models import registry
from rnn_core.models.timing import Point
from rnn_core.models.timing import measure as timed
from rnn_core.training.tasks import TRANSFORMERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Page

HEADING = "Transformer"
PAGE = Repainted("transformer", ("positions",), query="lang=en&guess_permutation=skip")
RACES, FIRST = 5, 2.0  # measurements; seconds to the first point
SENTENCE = ("今日", "は", "天気", "が", "良い", "ね")
ANSWERED = "transformer?lang=en&guess_crossover=skip&guess_crossover_lstm=skip"
POINT = "() => document.querySelector('.st-key-chart_time_training .js-plotly-plot')?._fullData?.length > 0"
ENOUGH = 120_000  # ms that a whole measurement may take on a busy machine


def race(page: Page, *, stop: bool) -> tuple[float, float]:
    """Start the measurement of an open page: ms to its first point, and then until it has stopped or is done."""
    begun = time.perf_counter()
    page.locator(".st-key-race_start button").click()
    page.wait_for_function(POINT, timeout=ENOUGH)
    first = time.perf_counter()
    if stop:
        page.locator(".st-key-race_stop button").click()
    page.get_by_text("Stopped after" if stop else "28 of 28").wait_for(timeout=ENOUGH)
    return 1e3 * (first - begun), 1e3 * (time.perf_counter() - first)


def raced(browser: Browser, app: str, races: int) -> str:
    """How soon the first point is there, how long it takes to stop, and to the end."""
    firsts, stops, wholes = [], [], []
    for number in range(races + 1):
        for stop in (True, False):
            context, page, _ = visit(browser, f"{app}/{ANSWERED}")
            first, rest = race(page, stop=stop)
            context.close()
            if number:  # the first one imports and warms up
                firsts.append(first)
                (stops if stop else wholes).append(rest)
    named = (("first point", firsts, f"< {FIRST:.0f} s"), ("stopped", stops, ""), ("all 28 points", wholes, ""))
    lines = [[name, f"{quantile(values, 0.5):.0f} ms", f"{max(values):.0f} ms", reach] for name, values, reach in named]
    return table(["from the click until", "p50", "longest", "reach"], lines)


def beside(browser: Browser, app: str, changes: int) -> str:
    """What another reader of the server waits for while a measurement runs, and while none does."""
    lines = []
    for running in (False, True):
        context, page, _ = visit(browser, f"{app}/{ANSWERED}")
        if running:
            page.locator(".st-key-race_start button").click()
            page.wait_for_function(POINT, timeout=ENOUGH)
        found = measure(browser, f"{app}/cell?lang=en", "hidden", changes, pause=0.05)
        context.close()
        times = [f"{quantile(found.paint, share):.0f} ms" for share in (0.5, 0.95)]
        lines.append(["while it runs" if running else "while none runs", *times])
    return table(["another reader's change on /cell", "p50", "p95"], lines)


def times(points: Sequence[Point]) -> str:
    """What was measured here."""

    def cell(point: Point) -> str:
        return f"{1e3 * point.training:.2f} · {1e3 * point.generate:.2f}"

    lengths = sorted({point.words for point in points})
    kinds = dict.fromkeys(point.cell for point in points)
    by = {(point.words, point.cell): cell(point) for point in points}
    return table(["words", *kinds], [[words, *(by[words, kind] for kind in kinds)] for words in lengths])


def worth() -> str:
    """What each trained model is worth, and how near its attention is to torch's."""
    manifest, lines = TRANSFORMERS.manifest()["models"], []
    for name, line in manifest.items():
        shipped = next((spec for spec in TRANSFORMERS.kept if spec.name == name), None)
        trace = registry.run(shipped, SENTENCE) if shipped else None
        own = [f"{trace.parameters:,}", f"{trace.layers.parity:.0e}"] if trace else ["–", "–"]
        lines.append([name, *own, f"{line['reply_accuracy']:.4f}", f"{line['perplexity']:.3f}"])
    return table(["model", "numbers learned", "parity", "replies right", "perplexity"], lines)


def section(rounds: int = ROUNDS, changes: int = CHANGES, races: int = RACES) -> str:
    """The section of the report."""
    controls = measured(PAGE, rounds=rounds, changes=changes)
    with launched() as browser, serving() as app:
        runs, others = raced(browser, app.url, races), beside(browser, app.url, changes)
    return (
        f"{controls}\n\n"
        f"The measurement that a reader starts there, {races} times stopped after its first point and {races} times to "
        f"its end.\n\n{runs}\n\n{others}\n\n"
        "Milliseconds of one measurement here: a step of training · the same words one by one.\n\n"
        f"{times(list(timed()))}\n\n"
        "Trained models, on held-out combinations (reach: replies right ≥ 0.95 in three seeds, parity ≤ 1e-06).\n\n"
        f"{worth()}"
    )
