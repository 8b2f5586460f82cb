"""A real Chromium in front of a real server that nobody has visited before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from bench.browser import IDLE, NAMES, launched, wait_until
from bench.server import serving
from pages._ui.shell import CHAPTERS, HOME
from tests.browser.reading import COUNTED, PHONE, answered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

    Visit = Callable[..., Page]

PATIENCE = 90_000  # ms, for a machine that does something else besides
# The same engine without what is around a window, where it is installed; and code that soon is left is not optimized.
LEAN = ("chromium-headless-shell", *NAMES)
COLD = "--js-flags=--no-opt,--no-maglev"
BEEPS = "--use-fake-device-for-media-stream"  # a microphone of Chromium's own, for those who may hear it
expect.set_options(timeout=PATIENCE)
# On a deep page Streamlit's client first asks below the page for what is at the root; it then finds it.
EXPECTED = ("/_stcore/health", "/_stcore/host-config")
# What a chapter has: the summary, which waits for a guess where it would answer it, or what went wrong.
THERE = ".principle, .st-key-take_whole, .st-key-model_card, [data-testid=stAlertContentError]"
SETTLED = """([there, idle]) => {
    const drawings = [...document.querySelectorAll("[data-testid^=stBidi]")]
        .filter(one => !one.closest("[class*=st-key-html_]"));
    return document.querySelector(idle)
        && ([...document.querySelectorAll(there)].some(one => one.getClientRects().length)
            || drawings.some(one => one.shadowRoot?.querySelector(".kioku.training")))
        && [...document.querySelectorAll("[class*=st-key-chart_]")].every(chart => chart.querySelector(".main-svg"))
        && drawings.every(one => one.shadowRoot?.querySelector(".kioku, button")
            && !one.shadowRoot.querySelector(".transport:empty, [role=group]:not([aria-label])"));
}"""
OFFERED = {"ja": "日本語", "en": "English"}  # how each language is called where it is chosen
LATE = ["TimeoutError", "Locator expected to"]  # what Playwright says once it has waited so long


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What didn't come in time is waited for once more: the closing line counts it. What is wrong fails at once."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=LATE))


@dataclass
class Site:
    """The running app, and what its very first visitor saw on a deep link: HTML, address and errors."""

    url: str
    first_html: str = ""
    first_url: str = ""
    errors: list[str] = field(default_factory=list)


def settle(page: Page) -> None:
    """Wait until the app has drawn a chapter, has nothing more to do, and every chart and drawing is there."""
    wait_until(page, SETTLED, [THERE, IDLE], PATIENCE)


def narrowed(page: Page) -> Page:
    """The page on a phone's screen: the window made small, and everything drawn for that anew."""
    with answered(page):  # the browser asks for charts that fit
        page.set_viewport_size({"width": 390, "height": 900})
    settle(page)
    return page


def speak(page: Page, lang: str) -> None:
    """Choose the language of what is open, and wait until everything is in it."""
    page.get_by_role("radio", name=OFFERED[lang]).click()
    page.wait_for_function("lang => document.documentElement.lang === lang", arg=lang)
    settle(page)


@dataclass(eq=False)
class Tab:
    """A reader's tab, and what its console complained about since it was last left."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        listen(self.page, self.errors)

    def left(self) -> list[str]:
        """End the session, and forget what was complained about, which is given back."""
        self.page.goto("about:blank")  # first: on a page that hangs the mouse would be moved for ever
        self.page.mouse.move(0, 0)
        errors = self.errors.copy()
        self.errors.clear()
        return errors


def listen(page: Page, errors: list[str]) -> None:
    """Collect what the console complains about, the expected two excepted."""

    def heard(message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not where.endswith(EXPECTED):
            errors.append(f"{message.text} {where}")

    page.on("console", heard)
    page.on("pageerror", lambda error: errors.append(f"uncaught: {error}"))


@pytest.fixture(scope="package")  # ended before tests begin that need none: they need the memory
def browser() -> Iterator[Browser]:
    with launched(COLD, BEEPS, names=LEAN) as chromium:
        yield chromium


@pytest.fixture(scope="package")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A cold server whose first visitor comes by a deep link to a state that no stored picture shows."""
    with serving(settings={"KIOKU_DATA_DIR": str(tmp_path_factory.mktemp("data"))}) as server:
        here = Site(server.url)
        context = browser.new_context(locale="en-US")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        listen(page, here.errors)
        path = next(row.path for row in CHAPTERS if "cell" in row.controls and row.name != HOME)
        page.goto(f"{server.url}/{path}?lang=ja&cell=gru&hidden=8")
        settle(page)
        here.first_html, here.first_url = page.content(), page.url
        context.close()
        yield here


@pytest.fixture(scope="package")
def people(browser: Browser) -> Iterator[Callable[[str], Iterator[Tab]]]:
    """The tabs of a reader for each language, the first always first; they stay open, for they have all that is loaded.

    A tab that is opened anew compiles Streamlit and Plotly anew, which takes longer than any chapter.
    """
    contexts: dict[str, tuple[BrowserContext, list[Tab]]] = {}

    def person(locale: str) -> Iterator[Tab]:
        if locale not in contexts:
            context = browser.new_context(locale=locale)
            context.add_init_script(COUNTED)
            contexts[locale] = context, []
        context, tabs = contexts[locale]
        yield from tabs
        while True:
            tabs.append(Tab(context.new_page()))
            yield tabs[-1]

    yield person
    for context, _ in contexts.values():
        context.close()


@pytest.fixture
def visit(people: Callable[[str], Iterator[Tab]], site: Site) -> Iterator[Visit]:
    """Open an address in a session of its own, beside what the test has opened; the console must have been silent."""
    used: list[Tab] = []

    def opened(
        path: str = "", *, width: int = 1280, scheme: str = "light", locale: str = "ja-JP", **query: str
    ) -> Page:
        tab = next(tab for tab in people(locale) if tab not in used)
        used.append(tab)
        tab.page.bring_to_front()
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.page.emulate_media(media="screen", color_scheme=scheme, reduced_motion="no-preference")
        with answered(tab.page, messages=2 if width <= PHONE else 1):  # a phone says then that it is one
            tab.page.goto(f"{site.url}/{path}?{urlencode(query)}")
        settle(tab.page)
        return tab.page

    yield opened
    errors = [error for tab in used for error in tab.left()]
    assert errors == []
