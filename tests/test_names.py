"""What things are called: no function as its module, and no quantity spelled out where the table has it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.reading import ROOT, plant, sources, strings, tree

if TYPE_CHECKING:
    from pathlib import Path

# What is drawn and the module that draws it are one; influence is what the field calls both.
ONE_WITH_ITS_MODULE = ("rnn_core/figures", "pages/_ui/components", "rnn_core/gradients/influence.py")


def nouns(root: Path) -> list[str]:
    """Functions that are called as their module is."""
    return [
        f"{path.relative_to(root)} and its function"
        for path in sources(root, ("rnn_core", "pages"))
        if not path.relative_to(root).as_posix().startswith(ONE_WITH_ITS_MODULE)
        and any(isinstance(node, ast.FunctionDef) and node.name == path.stem for node in tree(path).body)
    ]


def test_no_function_is_called_as_its_module_is() -> None:
    assert nouns(ROOT) == []


def test_a_function_that_is_called_as_its_module_is_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "rnn_core/text/segment.py", "def segment():\n    pass")
    plant(tmp_path, "rnn_core/text/tokenizer.py", "def segment():\n    def tokenizer():\n        pass")
    plant(tmp_path, "rnn_core/figures/heatmap.py", "def heatmap():\n    pass")
    assert nouns(tmp_path) == ["rnn_core/text/segment.py and its function"]


def spelled_out(root: Path) -> list[str]:
    from rnn_core.quantities import QUANTITIES

    files = sources(root, ("rnn_core/figures", "pages"))
    chapters = {path.stem for path in root.glob("pages/*.py")}  # one is called as a quantity is
    return [
        f"{path.relative_to(root)}:{line} spells out {value!r}"
        for path in files
        for line, value in strings(path)
        if value in QUANTITIES and not (value in chapters and path.is_relative_to(root / "pages"))
    ]


def test_figures_and_pages_take_quantities_from_the_table() -> None:
    assert spelled_out(ROOT) == []


def test_a_quantity_that_is_spelled_out_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "pages/cell.py", 'x = trace["forget_gate"]')
    plant(tmp_path, "rnn_core/figures/heatmap.py", '"""About the hidden_state."""\nlabel = f"{x}hidden_state"')
    assert spelled_out(tmp_path) == ["pages/cell.py:1 spells out 'forget_gate'"]


def test_a_chapter_may_be_called_as_a_quantity_is_but_only_where_there_are_chapters(tmp_path: Path) -> None:
    plant(tmp_path, "pages/attention.py")
    plant(tmp_path, "pages/_ui/shell.py", 'row = Chapter("attention")')
    plant(tmp_path, "rnn_core/figures/map.py", 'row = trace["attention"]')
    assert spelled_out(tmp_path) == ["rnn_core/figures/map.py:1 spells out 'attention'"]
