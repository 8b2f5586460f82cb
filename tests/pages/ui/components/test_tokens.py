"""Colours: one table, and no second one in the browser's files."""

from __future__ import annotations

import re

import pytest

from pages._ui.components.assets import BROWSER
from pages._ui.components.tokens import tokens_css
from rnn_core.figures.theme import CELLS, SCALES, TOKENS

FILES = [path for suffix in ("css", "js", "html") for path in sorted(BROWSER.rglob(f"*.{suffix}"))]
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(\s*\d|\bhsla?\(")


@pytest.mark.parametrize("name", TOKENS["light"])
def test_each_token_is_there_for_both_themes(name: str) -> None:
    assert f"--{name}: light-dark({TOKENS['light'][name]}, {TOKENS['dark'][name]});" in tokens_css()


@pytest.mark.parametrize("scale", ["signed", "share", "size"])
def test_each_stop_of_a_ramp_is_there(scale: str) -> None:
    for k, (light, dark) in enumerate(zip(SCALES[scale]["light"], SCALES[scale]["dark"], strict=True)):
        assert f"--{scale}-{k}: light-dark({light}, {dark});" in tokens_css()


@pytest.mark.parametrize("cell", CELLS)
def test_each_cell_has_its_mark_and_its_ink(cell: str) -> None:
    rule = re.search(rf'\[data-cell="{cell}"\] {{(.*)}}', tokens_css())
    assert rule
    for name, index in (("cell", 0), ("cell-ink", 1)):
        light, dark = (CELLS[cell][mode][index] for mode in ("light", "dark"))
        assert f"--{name}: light-dark({light}, {dark});" in rule[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_of_the_browser_has_a_colour_of_its_own(path) -> None:
    text = path.read_text(encoding="utf-8").replace("#000 ", "")  # opaque in a mask, which shows no colour
    assert COLOUR.findall(text) == []


def test_every_variable_that_is_used_is_declared() -> None:
    texts = [tokens_css(), *(path.read_text(encoding="utf-8") for path in FILES)]
    declared = {name for text in texts for name in re.findall(r"(--[a-z][\w-]*)[\"']?\s*[:,]", text)}
    used = {name for text in texts for name in re.findall(r"var\((--[a-z][\w-]*)\)", text)}
    assert sorted(used - declared) == []
