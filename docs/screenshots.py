"""The READMEs' pictures, taken from the running app: `python -m docs.screenshots`."""

from __future__ import annotations

from pathlib import Path

from bench.browser import launched, visit
from bench.server import serving

FOLDER = Path(__file__).parent
STATE = "text=今日は天気が良いね&cell=lstm&hidden=16"
LOCALES = {"ja": "ja-JP", "en": "en-US"}
SCREEN = {"width": 1280, "height": 720}  # a projector's
SETTLED = 2000  # ms after the app is idle: fonts and the last drawing


def main() -> None:
    """Take one picture a language."""
    with serving() as server, launched() as browser:
        for lang, locale in LOCALES.items():
            context, page, _ = visit(browser, f"{server.url}/?lang={lang}&{STATE}", locale)
            page.set_viewport_size(SCREEN)
            page.wait_for_timeout(SETTLED)
            page.screenshot(path=FOLDER / f"picture-{lang}.png")
            context.close()


if __name__ == "__main__":
    main()
