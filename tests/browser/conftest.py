"""A real Chromium in front of a real server that nobody has visited before."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from bench.browser import IDLE, launched
from bench.server import serving
from pages._ui.shell import CHAPTERS, HOME
from tests.browser.reading import overheard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

    Visit = Callable[..., Page]

PATIENCE = 30_000  # ms
# On a deep page Streamlit's client first asks below the page for what is at the root; it then finds it.
EXPECTED = ("/_stcore/health", "/_stcore/host-config")


@dataclass
class Site:
    """The running app, and what its very first visitor saw on a deep link: HTML, address and errors."""

    url: str
    first_html: str = ""
    first_url: str = ""
    errors: list[str] = field(default_factory=list)


def settle(page: Page) -> None:
    """Wait until the app has drawn a chapter, has nothing more to do, and every chart and drawing is there."""
    page.wait_for_selector(".principle, [data-testid=stAlertContentError]", timeout=PATIENCE)
    page.wait_for_selector(IDLE, timeout=PATIENCE)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[class*=st-key-chart_]')].every(c => c.querySelector('.main-svg'))"
        " && ![...document.querySelectorAll('[data-testid^=stBidi]')]"
        ".some(c => !c.closest('.st-key-html_lang') && !c.shadowRoot?.querySelector('.kioku, button')"
        " || c.shadowRoot?.querySelector('.transport:empty, [role=group]:not([aria-label])'))",
        timeout=PATIENCE,
    )


def narrowed(page: Page) -> Page:
    """The page on a phone's screen: the window made small, and everything drawn for that anew."""
    sent = overheard(page)
    page.set_viewport_size({"width": 390, "height": 900})
    deadline = time.monotonic() + PATIENCE / 1000
    while "a message" not in sent:  # in which the browser asks for charts that fit
        assert time.monotonic() < deadline
        page.wait_for_timeout(20)
    settle(page)
    return page


def listen(page: Page, errors: list[str]) -> None:
    """Collect what the console complains about, the expected two excepted."""

    def heard(message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not where.endswith(EXPECTED):
            errors.append(f"{message.text} {where}")

    page.on("console", heard)
    page.on("pageerror", lambda error: errors.append(f"uncaught: {error}"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def site(browser: Browser) -> Iterator[Site]:
    """A cold server whose first visitor comes by a deep link to a state that no stored picture shows."""
    with serving() as server:
        here = Site(server.url)
        context = browser.new_context(locale="en-US")
        page = context.new_page()
        listen(page, here.errors)
        path = next(row.path for row in CHAPTERS if "cell" in row.controls and row.name != HOME)
        page.goto(f"{server.url}/{path}?lang=ja&cell=gru&hidden=8")
        settle(page)
        here.first_html, here.first_url = page.content(), page.url
        context.close()
        yield here


@pytest.fixture(scope="session")
def people(browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """A reader for each language; each has Streamlit's own files in their cache after the first page."""
    contexts: dict[str, BrowserContext] = {}

    def person(locale: str) -> BrowserContext:
        if locale not in contexts:
            contexts[locale] = browser.new_context(locale=locale)
        return contexts[locale]

    yield person
    for context in contexts.values():
        context.close()


@pytest.fixture
def visit(people: Callable[[str], BrowserContext], site: Site) -> Iterator[Visit]:
    """Open an address in a tab and a session of its own; afterwards the console must have been silent."""
    pages: list[Page] = []
    errors: list[str] = []

    def opened(
        path: str = "", *, width: int = 1280, scheme: str = "light", locale: str = "ja-JP", **query: str
    ) -> Page:
        page = people(locale).new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.set_default_timeout(PATIENCE)
        listen(page, errors)
        page.goto(f"{site.url}/{path}?{urlencode(query)}")
        settle(page)
        return page

    yield opened
    for page in pages:
        page.close()
    assert errors == []
