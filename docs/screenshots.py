"""The pictures of docs/, taken from the running app: the READMEs', and one a chapter. `python -m docs.screenshots`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from bench.browser import IDLE, PATIENCE, launched, visit
from bench.server import serving
from bench.stage import ANSWERED
from pages._ui.contents import CHAPTERS

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = Path(__file__).parent
STATE = "text=今日は天気が良いね&cell=lstm&hidden=16"
LOCALES = {"ja": "ja-JP", "en": "en-US"}
SCREEN = {"width": 1280, "height": 720}  # a projector's
SETTLED = 2000  # ms after the app is idle: fonts and the last drawing
DRAWN = ".transport button, .main-svg, [class*=st-key-predict_]"  # a chapter has begun to show what it has
COLOURS = 128  # of a chapter's picture, which keeps it small


def main() -> None:
    """Take one picture a language, and one a chapter, in the two languages by turns."""
    with serving() as server, launched() as browser:
        for lang, locale in LOCALES.items():
            context, page, _ = visit(browser, f"{server.url}/?lang={lang}&{STATE}", locale)
            (FOLDER / f"picture-{lang}.png").write_bytes(taken(page))
            for place, chapter in enumerate(CHAPTERS):
                if list(LOCALES)[place % len(LOCALES)] != lang:
                    continue
                query = "".join(f"&{key}={value}" for key, value in ANSWERED.get(chapter.name, {}).items())
                page.goto(f"{server.url}/{chapter.address}?lang={lang}{query}")
                page.wait_for_selector(DRAWN, state="attached", timeout=PATIENCE)
                page.wait_for_selector(IDLE, timeout=PATIENCE)
                (FOLDER / "chapters" / f"{chapter.name}.png").write_bytes(small(taken(page)))
            context.close()


def taken(page: Page) -> bytes:
    """What a screen shows of the page, once it is still."""
    page.set_viewport_size(SCREEN)
    page.wait_for_timeout(SETTLED)
    return page.screenshot()


def small(picture: bytes) -> bytes:
    """The same with few colours."""
    out = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    main()
