"""The scripts: put together in an order that works, safe, and speaking through the catalogues only."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from pages._ui.components import assets, cell_circuit, packing, unrolled_network
from pages._ui.components.assets import BROWSER, SHARED, read
from pages._ui.components.modules import DECLARED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# what each component's own scripts may say, besides what the player says
COMPONENTS = {
    "unrolled": unrolled_network.LABELS,
    "cell": cell_circuit.LABELS,
}
SCRIPTS = sorted(BROWSER.rglob("*.js"))


def script(name: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((BROWSER / name).glob("*.js")))


def spoken(source: str, given_as: str = "data.text") -> set[str]:
    """The labels that a script reads from what it is given."""
    return set(re.findall(rf"(?<![.\w]){re.escape(given_as)}\.([a-z_]+)\b", source))


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_script_says_what_it_is_given_and_is_given_what_it_says(name: str) -> None:
    assert spoken(script(name)) - set(packing.PLAYER) == set(COMPONENTS[name]) - set(packing.PLAYER)


def test_the_shared_scripts_say_the_players_words() -> None:
    assert spoken(script("shared"), "text") == set(packing.PLAYER)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_text_becomes_markup(path) -> None:
    source = path.read_text(encoding="utf-8")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", source) == []


def declared(monkeypatch: pytest.MonkeyPatch, name: str, part: str) -> dict[str, str]:
    """What Streamlit is given of a component, which it sends with every draw."""
    given: dict[str, str] = {}
    monkeypatch.setattr(assets.st.components.v2, "component", lambda title, **texts: given.update(texts, title=title))
    assets.component(name, part)
    return given


def names() -> list[str]:
    """The parts that the server answers with, after what they share."""
    assets.modules.cache_clear()
    return [module.name for module in assets.modules().values()]


@pytest.fixture(autouse=True)
def _modules_of_these_files() -> Iterator[None]:
    yield
    assets.modules.cache_clear()


def test_a_component_is_a_stub_that_fetches_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    given = declared(monkeypatch, "made_up", "save")
    assert given.keys() == {"title", "js"}
    assert given["title"] == "kioku_made_up"
    (file,) = re.findall(r'"/parts/(save-[0-9a-f]{12}\.js)"', given["js"])
    assert assets.modules()[file].name == "save"
    assert len(given["js"]) < 1000


def test_the_server_has_what_all_share_and_every_part() -> None:
    assert names() == ["shared", *assets.PARTS]
    shared = assets.shared()
    assert shared is not None
    assert shared.text.startswith(read(*SHARED))
    assert shared.text.index("--ink:") < shared.text.index(".transport")


@pytest.mark.parametrize("name", assets.PARTS)
def test_a_part_mentions_nothing_of_the_shared_scripts_that_it_has_not(name: str) -> None:
    scripts, inner = read(*assets.PARTS[name].scripts), read(*SHARED)
    lines = "\n".join(re.findall(r"^(?:const|let) (.*)", inner, re.MULTILINE))
    hidden = set(re.findall(r", ([A-Z]+) = ", lines)) - set(DECLARED.findall(inner))
    assert "BETWEEN" in hidden
    mentioned = {word for word in hidden if re.search(rf"(?<![.\w]){word}\b", scripts)}
    assert {word for word in mentioned if not re.search(rf"\b{word} = ", scripts)} == set()


def test_a_part_of_other_files_has_another_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = declared(monkeypatch, "made_up", "save")["js"]
    shutil.copytree(BROWSER, tmp_path / "browser")
    monkeypatch.setattr(assets, "BROWSER", tmp_path / "browser")
    assert declared(monkeypatch, "made_up", "save")["js"] == before
    with (tmp_path / "browser" / "save" / "save.js").open("a", encoding="utf-8") as file:
        file.write("// another\n")
    assert declared(monkeypatch, "made_up", "save")["js"] != before


@pytest.mark.parametrize("name", COMPONENTS)
def test_the_scripts_of_one_component_declare_each_name_once(name: str) -> None:
    text = script("shared") + "\n" + script(name)
    names = Counter(re.findall(r"^(?:const|let|function|class) (\w+)", text, re.MULTILINE))
    assert [repeated for repeated, count in names.items() if count > 1] == []
    assert len(re.findall(r"^export default function", text, re.MULTILINE)) == 1


def test_every_shared_script_is_in_the_order() -> None:
    assert {f"shared/{path.name}" for path in (BROWSER / "shared").glob("*.js")} == set(SHARED)


def test_a_component_of_a_damaged_file_draws_nothing_and_is_told_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(BROWSER, tmp_path / "browser")
    (tmp_path / "browser" / "save" / "save.html").unlink()
    monkeypatch.setattr(assets, "BROWSER", tmp_path / "browser")
    monkeypatch.setattr(assets, "_damaged", {})
    assert declared(monkeypatch, "made_up", "save") == {"title": "kioku_made_up", "js": assets.NOTHING}
    assert [(error.code, error.values["path"]) for error in assets.damaged()] == [("page_file", "save.html")]
    assert names() == ["shared", *(name for name in assets.PARTS if name != "save")]


def test_without_what_all_parts_share_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "BROWSER", tmp_path)
    monkeypatch.setattr(assets, "_damaged", {})
    assert names() == []
    assert [error.values["path"] for error in assets.damaged()] == ["dom.js"]


def test_a_file_that_the_page_does_without_is_told_of_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "_damaged", {})
    for content in (None, "", ".a { b: c; }\n", "/* a */\n.a {", "/* a */\n.a {\n"):
        if content is not None:
            (tmp_path / "page.css").write_text(content, encoding="utf-8")
        assert assets.whole_or_nothing(tmp_path / "page.css") == ""
    assert len(assets.damaged()) == 1
    (tmp_path / "page.css").write_text("/* a */\n.a { b: c; }\n", encoding="utf-8")
    assert assets.whole_or_nothing(tmp_path / "page.css")
