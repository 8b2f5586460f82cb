"""How many charts a page draws and how large each is: the floor is told, and draws as many of the same sizes."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from bench.browser import IDLE, PATIENCE, launched, visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Page

READY = "() => [...document.querySelectorAll('.js-plotly-plot')].every(chart => chart.querySelector('.main-svg'))"
# A map has rows and columns; anything else has traces and the points of the longest.
SIZES = """() => [...document.querySelectorAll(".js-plotly-plot")].map(chart => {
  const grid = chart.calcdata.find(trace => trace[0]?.z)?.[0].z, box = chart.getBoundingClientRect();
  const [rows, columns] = grid ? [grid.length, grid[0].length]
    : [chart.calcdata.length, Math.max(...chart.calcdata.map(trace => trace.length))];
  return [columns, rows, Math.round(box.width), Math.round(box.height)];
})"""


@dataclass(frozen=True)
class Size:
    """One chart: how many values it shows, in pixels of how many."""

    columns: int
    rows: int
    width: int
    height: int

    def __str__(self) -> str:
        return "x".join(map(str, astuple(self)))


def floor_query(sizes: Sequence[Size]) -> str:
    """The query that makes the floor draw these charts.

    Example:
        >>> floor_query([Size(6, 16, 640, 320), Size(4, 1, 300, 200)])
        'chart=6x16x640x320&chart=4x1x300x200'
    """
    return "&".join(f"chart={size}" for size in sizes)


def sizes_on(page: Page) -> list[Size]:
    """The charts of a page that is open."""
    page.wait_for_selector(IDLE, timeout=PATIENCE)
    page.wait_for_function(READY, timeout=PATIENCE)
    return [Size(*numbers) for numbers in page.evaluate(SIZES)]


def sizes_at(browser: Browser, url: str) -> list[Size]:
    """The charts of the page at `url`."""
    context, page, _ = visit(browser, url)
    page.wait_for_selector(".js-plotly-plot .main-svg")  # the first picture of a page may be another one
    found = sizes_on(page)
    context.close()
    return found


def look_up(url: str) -> list[Size]:
    """The same by a browser of its own, for those who measure without one."""
    with launched() as browser:
        return sizes_at(browser, url)
