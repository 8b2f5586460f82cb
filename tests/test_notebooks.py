"""The notebooks run from top to bottom, show what they say, and are stored without what they showed."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from rnn_core.figures import Picture
from rnn_core.recurrent.trace import Trace
from tests.reading import ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
PICTURES = {"first_look": 5, "patching": 2, "your_checkpoint": 1}


def cells(path: Path, kind: str) -> list[dict]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def shown(path: Path) -> list[object]:
    """What each cell of code shows, as a notebook does: the value of its last line."""
    names: dict[str, object] = {"__name__": "__main__"}
    values = []
    for cell in cells(path, "code"):
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), path.name, "exec"), names)  # our own notebook
        if last is not None:
            values.append(eval(compile(ast.Expression(last.value), path.name, "eval"), names))
    return values


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == sorted(PICTURES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_shows_pictures(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    values = shown(path)
    assert sum(isinstance(value, Picture) for value in values) == PICTURES[path.stem]
    assert all(value._repr_html_() for value in values if isinstance(value, Picture | Trace))
    assert all(repr(value) for value in values)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_stored_without_output_and_says_all_in_both_languages(path: Path) -> None:
    code = cells(path, "code")
    assert all((cell["outputs"], cell["execution_count"], cell["metadata"]) == ([], None, {}) for cell in code)
    every = [cell["id"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    assert len(set(every)) == len(every)
    for cell in cells(path, "markdown"):
        *_, en, ja = "".join(cell["source"]).split("\n\n")
        assert re.search(r"[ぁ-ん]", ja)
        assert not re.search(r"[ぁ-ん]", en)


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_readme_leads_to_each(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [path.stem for path in NOTEBOOKS if f"(docs/notebooks/{path.name})" not in text] == []
