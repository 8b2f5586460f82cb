"""The first picture of every chapter: where it is on a desk, and on the stage how large it is and its least type."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.browser import IDLE, PATIENCE, at_rest, launched, wait_until
from bench.report import table
from bench.server import serving
from pages._ui.contents import CHAPTERS
from rnn_core.messages import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pages._ui.chapter import Chapter

HEADING = "First pictures and the stage"
DESK, LOWEST = (1280, 720), 260  # px: its size, and below which no drawing may begin
SCREENS = {(1920, 1080): 24, (1024, 768): 20}  # the least type on each
UNDRAWN = ("your_model",)  # what opens with controls
DRAWN = tuple(row for row in CHAPTERS if row.name not in UNDRAWN)
# Each is seen as it opens in the one language, and in the other once its question is answered.
ANSWERED = {
    "order": {"guess_order": "skip"},
    "compare": {"guess_persistence": "skip"},
    "bidirectional": {"guess_boundaries": "4", "later": "other"},
    "parallel": {"guess_rounds": "skip"},
    "transformer": {"guess_permutation": "skip", "scene": "placed-masked"},
}
MOVABLE = """idle => document.querySelector(idle) && [...document.querySelectorAll(".st-key-drawing *")]
    .some(one => one.shadowRoot?.querySelector(".transport button"))"""
SEEN = (Path(__file__).parent / "stage.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Seen:
    """What a browser shows of a drawing, in px of the screen.

    Attributes:
        top: where it begins.
        end: where its transport ends, or what it asks; all of it where neither is there yet.
        bottom: where it ends.
        beyond: how much of the page, or of the drawing within its frame, lies beyond the screen.
        least: its least type, and what stands there.
        covered: pairs of controls that lie over each other.
    """

    top: float
    end: float
    bottom: float
    beyond: float
    least: tuple[float, str]
    covered: list[str]

    def whole(self, height: int) -> bool:
        """Whether all of it is on a screen of that height."""
        return self.bottom <= height and self.beyond <= 1


def seen(page: Page, width: int, height: int) -> Seen:
    """What there is on a screen of this size, once the drawing is laid out for it."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_selector(IDLE, timeout=PATIENCE)
    now = at_rest(page, SEEN)
    return Seen(**{**now, "least": tuple(now["least"])})


def opened(page: Page, url: str, chapter: Chapter, lang: str) -> None:
    """Go to a chapter on the stage."""
    query = {"lang": lang, "present": "1"} | (ANSWERED.get(chapter.name, {}) if lang != LANGUAGES[0] else {})
    page.goto(f"{url}/{chapter.address}?{urlencode(query)}")
    ready(page)


def left(page: Page) -> None:
    """Leave the stage, by its key."""
    page.keyboard.press("Escape")
    page.wait_for_url("**present=0**", timeout=PATIENCE)
    page.wait_for_selector(".st-key-leave", timeout=PATIENCE, state="detached")
    ready(page)


def ready(page: Page) -> None:
    """Wait until the drawing can be moved through, and the app has nothing more to do."""
    wait_until(page, MOVABLE, IDLE)


def section() -> str:
    """The section of the report."""
    rows = []
    with launched() as browser, serving() as server:
        page = browser.new_context(locale="en-US").new_page()
        for chapter in DRAWN:
            for lang in LANGUAGES:
                opened(page, server.url, chapter, lang)
                staged = {size: seen(page, *size) for size in SCREENS}
                left(page)
                desk = seen(page, *DESK)
                sizes = [
                    f"{one.bottom:.0f}{'' if one.whole(height) else ' (cut)'}, {one.least[0]:.1f}"
                    for (_, height), one in staged.items()
                ]
                rows.append([f"/{chapter.address}", lang, f"{desk.top:.0f}", f"{desk.end:.0f}", *sizes])
    head = ("chapter", "language", "top", "end of its transport", *(f"{w} × {h}" for w, h in SCREENS))
    return (
        f"In px of the screen. At {DESK[0]} × {DESK[1]}: where the drawing begins, at most {LOWEST}, and where its "
        f"transport ends, at most {DESK[1]}. On the stage: where it ends, and its least type, subscripts included, at "
        f"least {' and '.join(map(str, SCREENS.values()))}.\n\n{table(head, rows)}"
    )
