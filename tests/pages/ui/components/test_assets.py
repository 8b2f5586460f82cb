"""The scripts as one text: put together in an order that works, safe, and speaking through the catalogues only."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from pages._ui.components import assets, cell_circuit, decoding, packing, unrolled_network
from pages._ui.components.assets import BROWSER, SHARED, read

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace

# what each component's own scripts may say, besides what the player says
COMPONENTS = {
    "unrolled": unrolled_network.LABELS,
    "cell": cell_circuit.LABELS,
    "decoding": decoding.LABELS,
    "player": (),
}
SCRIPTS = sorted(BROWSER.rglob("*.js"))


def script(name: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((BROWSER / name).glob("*.js")))


def spoken(source: str, given_as: str = "data.text") -> set[str]:
    """The labels that a script reads from what it is given."""
    return set(re.findall(rf"(?<![.\w]){re.escape(given_as)}\.([a-z_]+)\b", source))


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_script_says_what_it_is_given_and_is_given_what_it_says(name: str) -> None:
    assert spoken(script(name)) - set(packing.PLAYER) == set(COMPONENTS[name])


def test_the_shared_scripts_say_the_players_words() -> None:
    assert spoken(script("shared"), "text") == set(packing.PLAYER)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_text_becomes_markup(path) -> None:
    source = path.read_text(encoding="utf-8")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", source) == []


def registered(monkeypatch: pytest.MonkeyPatch, name: str, files: tuple[str, ...]) -> SimpleNamespace:
    given = {}
    monkeypatch.setattr(assets.st.components.v2, "component", lambda title, **texts: given.update(texts, title=title))
    assets.register(name, "player/player.html", (), files)
    return given


def test_the_shared_files_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    given = registered(monkeypatch, "made_up", ("player/timeline.js",))
    assert given["title"] == "kioku_made_up"
    assert given["js"] == read(*SHARED, "player/timeline.js")
    assert given["css"].index("--ink:") < given["css"].index(".transport")
    assert given["html"] == read("player/player.html")


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
    monkeypatch.setattr(assets, "BROWSER", tmp_path)
    monkeypatch.setattr(assets, "_damaged", {})
    given = registered(monkeypatch, "made_up", ("player/timeline.js",))
    assert given == {"title": "kioku_made_up", "js": assets.NOTHING}
    assert [(error.code, error.values["path"]) for error in assets.damaged()] == [("page_file", "player.html")]


def test_a_file_that_the_page_does_without_is_told_of_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "_damaged", {})
    for content in (None, "", ".a { b: c; }\n", "/* a */\n.a {", "/* a */\n.a {\n"):
        if content is not None:
            (tmp_path / "page.css").write_text(content, encoding="utf-8")
        assert assets.whole_or_nothing(tmp_path / "page.css") == ""
    assert len(assets.damaged()) == 1
    (tmp_path / "page.css").write_text("/* a */\n.a { b: c; }\n", encoding="utf-8")
    assert assets.whole_or_nothing(tmp_path / "page.css")
