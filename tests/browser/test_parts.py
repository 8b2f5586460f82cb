"""A component's stub and the library that hands its part over, in a browser and without the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._ui.components import assets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PART = """"made-up": { html: "<p class=kioku></p>", styles: ["p { color: rgb(1, 2, 3); }"], script: () => {
  return function ({ data, parentElement }) {
    window.drawn.push(data);
    parentElement.querySelector(".kioku").textContent = data;
    return () => window.drawn.push("ended");
  };
} }"""
STUB = assets.STUB.replace("NAME", '"made-up"')
LIBRARY = f"{assets.read(*assets.SHARED)}\nhandOver({{ {PART} }});\nexport default () => {{}};"
LOAD = """([name, script]) => import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })))
  .then((module) => { window[name] = module.default; })"""
CALL = """(data) => {
  window.root ??= document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  window.stop = window.stub({ data: [data], parentElement: window.root });
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.evaluate("() => { window.drawn = []; }")
    page.evaluate(LOAD, ["stub", STUB])
    yield page
    context.close()


def test_who_is_called_before_the_library_waits_and_draws_the_newest(page: Page) -> None:
    for data in ("first", "second"):
        page.evaluate(CALL, data)
    assert page.evaluate("drawn") == []
    page.evaluate(LOAD, ["library", LIBRARY])
    assert page.evaluate("drawn") == ["second"]
    page.evaluate(CALL, "third")
    page.evaluate("stop()")
    assert page.evaluate("drawn") == ["second", "third", "ended"]
    assert page.locator("p.kioku").count() == 1
    assert page.locator("p.kioku").evaluate("p => getComputedStyle(p).color") == "rgb(1, 2, 3)"


def test_who_has_left_before_the_library_comes_draws_nothing(page: Page) -> None:
    page.evaluate(CALL, "first")
    page.evaluate("stop()")
    page.evaluate(LOAD, ["library", LIBRARY])
    assert page.evaluate("drawn") == []
