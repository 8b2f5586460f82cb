"""The modules of which drawings are made: what they import, what they are called, and how they are answered with."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from starlette.requests import Request
from starlette.routing import Match
from streamlit import config

from pages._ui.components import modules

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = modules.shared_module("// shared\nconst LOW = 1, HIGH = 2;\nfunction draw() {}\n", "p { color: red; }")


def part(scripts: str, *, alone: bool = False) -> modules.Module:
    return modules.part_module("made-up", SHARED, scripts, "<p></p>", ("a {}",), alone=alone)


def test_the_shared_module_gives_what_it_declares_first_in_a_line() -> None:
    assert SHARED.text.endswith("\nexport { LOW, draw, BASE };\n")


def test_a_part_imports_what_it_mentions_and_declares_no_other_thing_of() -> None:
    found = part("const LOW = 3;\nexport default function () { return draw(LOW); }\n").text
    assert found.startswith(f'import {{ draw, BASE }} from "./{SHARED.file}";\n')
    assert "const DRAWS = function () { return draw(LOW); }" in found
    assert found.endswith('export default toComponent({ html: "<p></p>", styles: [BASE, "a {}"], draw: DRAWS });\n')


def test_a_part_that_stands_alone_has_its_own_styles_only() -> None:
    found = part("export default function () {}\n", alone=True).text
    assert 'styles: ["a {}"]' in found
    assert "BASE" not in found


def test_another_text_has_another_name_and_so_have_all_that_import_it() -> None:
    other = modules.shared_module("// other\n", "")
    texts = ("export default function () {}\n", "export default function () { draw(); }\n")
    files = {part(text).file for text in texts}
    files |= {modules.part_module("made-up", other, text, "<p></p>", ("a {}",), alone=False).file for text in texts}
    assert len(files) == 4
    assert part(texts[0]).file == part(texts[0]).file


@pytest.fixture
def below() -> Iterator[None]:
    config.set_option("server.baseUrlPath", "/kioku/")
    yield
    config.set_option("server.baseUrlPath", "")


def asked(path: str) -> tuple[int, str, str]:
    """What the app answers with there."""
    route = modules.route(lambda: {SHARED.file: SHARED})
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    found, more = route.matches(scope)
    assert found == Match.FULL
    answer = asyncio.run(route.endpoint(Request(scope | more)))
    return answer.status_code, bytes(answer.body).decode(), answer.headers["cache-control"]


def test_a_browser_keeps_a_module_and_no_missing_one() -> None:
    assert asked(modules.address(SHARED.file)) == (200, SHARED.text, "public, max-age=31536000, immutable")
    assert asked(modules.address("shared-000000000000.js")) == (404, "", "no-store")


@pytest.mark.usefixtures("below")
def test_below_a_path_of_its_own_the_modules_are_there_too() -> None:
    assert modules.address(SHARED.file) == f"/kioku/parts/{SHARED.file}"
    assert f'"/kioku/parts/{SHARED.file}"' in modules.stub(SHARED)
    assert asked(f"/kioku/parts/{SHARED.file}")[0] == 200
