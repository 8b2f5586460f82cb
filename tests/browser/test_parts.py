"""A component's stub and the part that it fetches, in a browser and without the app."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._ui.components import assets, cell_circuit, modules
from tests.pages.ui.components.conftest import make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
HERE = "http://made.up"
SHARED = assets.shared()
assert SHARED is not None
SCRIPT = """export default function ({ data, parentElement }) {
  window.drawn.push(data);
  parentElement.querySelector(".kioku").textContent = data;
  return () => window.drawn.push("ended");
}
"""
PART = modules.part_module(
    "made-up", SHARED, SCRIPT, "<p class=kioku></p>", ("p { color: rgb(1, 2, 3); }",), alone=True
)
SERVED = {**assets.modules(), PART.file: PART}
LOAD = """(script) => import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })))
  .then((module) => { window.stub = module.default; })"""
CALL = """(data) => {
  window.root ??= document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  window.stop = window.stub({ data: [data], parentElement: window.root });
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.route(f"{HERE}/", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto(f"{HERE}/")
    page.evaluate("() => { window.drawn = []; }")
    yield page
    context.close()


def served(page: Page, held: list[Route] | None = None, refused: int = 0) -> None:
    """Answer for the modules, from now on; of the made-up part the request is held, or refused so often first."""
    left = [refused]

    def answer(route: Route) -> None:
        file = route.request.url.rpartition("/")[2].partition("?")[0]
        if file == PART.file and held is not None:
            held.append(route)
        elif file == PART.file and left[0]:
            left[0] -= 1
            route.abort()
        else:
            route.fulfill(body=SERVED[file].text, content_type="text/javascript")

    page.route(f"{HERE}/parts/*", answer)


def let_through(page: Page, held: list[Route]) -> None:
    """The held request is answered, and what waits for it has been told."""
    (route,) = held
    route.fulfill(body=PART.text, content_type="text/javascript")
    page.evaluate(f"import('{HERE}/parts/{PART.file}').then(() => new Promise((done) => setTimeout(done)))")


def test_who_is_called_before_the_part_comes_waits_and_draws_the_newest(page: Page) -> None:
    held: list[Route] = []
    served(page, held)
    with page.expect_request("**/parts/made-up-*"):
        page.evaluate(LOAD, modules.stub(PART))
    for data in ("first", "second"):
        page.evaluate(CALL, data)
    assert page.evaluate("drawn") == []
    let_through(page, held)
    assert page.evaluate("drawn") == ["second"]
    page.evaluate(CALL, "third")
    page.evaluate("stop()")
    assert page.evaluate("drawn") == ["second", "third", "ended"]
    assert page.locator("p.kioku").count() == 1
    assert page.locator("p.kioku").evaluate("p => getComputedStyle(p).color") == "rgb(1, 2, 3)"


def test_who_has_left_before_the_part_comes_draws_nothing(page: Page) -> None:
    held: list[Route] = []
    served(page, held)
    with page.expect_request("**/parts/made-up-*"):
        page.evaluate(LOAD, modules.stub(PART))
    page.evaluate(CALL, "first")
    page.evaluate("stop()")
    let_through(page, held)
    assert page.evaluate("drawn") == []


def test_a_part_that_does_not_come_is_asked_for_again(page: Page) -> None:
    served(page, refused=1)
    page.evaluate(LOAD, modules.stub(PART))
    page.evaluate(CALL, "first")
    page.wait_for_function("drawn.length")
    assert page.evaluate("drawn") == ["first"]


def test_every_part_loads_as_a_module(page: Page) -> None:
    served(page)
    kinds = page.evaluate(
        "(files) => Promise.all(files.map((file) => import(`/parts/${file}`).then((one) => typeof one.default)))",
        [file for file, module in assets.modules().items() if module.name != "shared"],
    )
    assert kinds == ["function"] * len(assets.PARTS)


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_what_follows_from_other_arrays_of_a_cell_is_the_same_to_the_last_bit(page: Page, cell: str) -> None:
    trace, on_wires = make(cell)
    data = cell_circuit.drawing("ja", trace, on_wires)
    floats = re.search(r"const floats = .*", assets.read("shared/dom.js"))
    unpack = re.search(r"function unpack\(packed\) \{.*?\n  \}\n", assets.read("cell/cell.js"), re.DOTALL)
    assert floats
    assert unpack
    made = page.evaluate(
        f"(data) => {{ {floats[0]}; {unpack[0]}; const made = unpack(data.values);"
        "return Object.fromEntries(Object.entries(made).map(([key, values]) => [key, [...values]])); }",
        {"values": data["values"], "units": data["units"]},
    )
    arrays = {**trace.layer(), **on_wires}
    assert made.keys() == data["values"].keys()
    for key, values in made.items():
        np.testing.assert_array_equal(np.float32(values), np.float32(arrays[key]).ravel(), strict=True)
