"""The app as `make run` opens it, and what a page may load."""

from __future__ import annotations

import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from bench.server import serving
from tests.browser.conftest import listen, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
TOAST = '[data-testid="stToast"], :text("agents write better")'


def test_a_browser_opens_and_nothing_lies_over_the_first_screen(tmp_path: Path, browser: Browser) -> None:
    """Where a developer's tools are installed, Streamlit recommends more of them."""
    (tmp_path / ".claude").mkdir()
    opener, opened = tmp_path / "xdg-open", tmp_path / "opened"
    opener.write_text(f'#!/bin/sh\nexec 1>"{opened}"\necho "$1"\n', encoding="utf-8")
    opener.chmod(0o755)
    settings = {"HOME": str(tmp_path), "PATH": f"{tmp_path}:/usr/bin:/bin", "STREAMLIT_SERVER_ADDRESS": "localhost"}
    with serving(command=("pages._ui.server", "run"), settings=settings) as server:
        deadline = time.monotonic() + 60
        while not (opened.exists() and opened.read_text(encoding="utf-8")) and time.monotonic() < deadline:
            time.sleep(0.05)
        url = opened.read_text(encoding="utf-8").strip()
        assert url == f"http://localhost:{server.port}/"
        page = browser.new_page(locale="en-US")
        errors: list[str] = []
        listen(page, errors)
        page.goto(url)
        settle(page)
        assert page.locator(TOAST).count() == 0
        page.close()
        assert errors == []


def test_a_page_reaches_nobody_else_and_nobody_frames_it(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(site.url)
    reach = "url => fetch(url, {mode: 'no-cors'}).then(() => 'reached', () => 'refused')"
    assert page.evaluate(reach, f"{site.url}/_stcore/health") == "reached"
    with foreign() as url:
        assert page.evaluate(reach, url) == "refused"
        page.goto(url)
        assert page.evaluate(reach, url) == "reached"
        page.set_content(f'<iframe src="{site.url}"></iframe>')
        page.wait_for_function("() => frames.length")
        page.wait_for_load_state("networkidle")
        assert page.frames[1].url.startswith("chrome-error:")
    page.close()


@contextmanager
def foreign() -> Iterator[str]:
    """Another site on this machine."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
