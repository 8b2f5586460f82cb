"""The wall around what a chapter computes: it stands where its errors are shown, and so does what runs alone."""

from __future__ import annotations

import ast
from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from tests.reading import ROOT, sources, tree

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "def page(view: View) -> None:\n"
ALONE = "if __name__ == '__main__':\n    shell.show(page)"
COMPUTES = {"memoized", "read"}  # by whatever module they are from


def unguarded(root: Path) -> list[str]:
    """What chapters compute outside `errors_shown`: there a blank sentence or a lost file would end the page."""
    return [
        f"{path.name}:{node.lineno} {ast.unparse(node)}"
        for path in sorted(root.glob("pages/*.py"))
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for statement in function.body
        for node in computed(statement, COMPUTES | brought_in(path))
    ]


def besides(root: Path) -> list[str]:
    """What stands in a chapter's script beside its words, imports, the page and the line that shows it alone."""
    return [
        f"{path.name}:{statement.lineno} {ast.unparse(statement).splitlines()[0]}"
        for path in sorted(root.glob("pages/*.py"))
        for number, statement in enumerate(tree(path).body)
        if not isinstance(statement, ast.Import | ast.ImportFrom)
        and not (isinstance(statement, ast.Expr) and number == 0)
        and not ast.unparse(statement).startswith(HEAD)
        and ast.unparse(statement) != ALONE
    ]


def brought_in(path: Path) -> set[str]:
    """The names under which a chapter has the library and what is kept of it."""
    nodes = [node for node in tree(path).body if isinstance(node, ast.ImportFrom)]
    every = [(str(node.module), alias.name, alias.asname or alias.name) for node in nodes for alias in node.names]
    library = {known for module, name, known in every if module.split(".")[0] == "rnn_core" and name != "text"}
    return library | {known for _, name, known in every if name.startswith("cache")}


def computed(statement: ast.stmt, known: set[str]) -> list[ast.AST]:
    """The calls in a statement that compute: those of `known` names, and those whose value is given a name."""
    if isinstance(statement, ast.With):
        heads = [ast.unparse(item.context_expr) for item in statement.items]
        if any(head == "blocks.errors_shown(view)" for head in heads):
            return []
        return [node for inner in statement.body for node in computed(inner, known)]
    calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return calls
    return [call for call in calls if known & set(ast.unparse(call.func).split("."))]


def test_a_chapter_computes_only_where_its_errors_are_shown() -> None:
    assert unguarded(ROOT) == []
    assert [path.name for path in ROOT.glob("pages/*.py") if "blocks.errors_shown(view)" not in path.read_text()] == []


def test_a_chapter_s_script_holds_its_page_and_nothing_else() -> None:
    assert besides(ROOT) == []
    ends = [tree(path).body[-2:] for path in ROOT.glob("pages/*.py")]
    assert [page.name for page, alone in ends if ast.unparse(alone) == ALONE] == ["page"] * len(ends)


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("reading = read(view)", "reading = read(view)"),
        ("blocks.lead(view)", "blocks.lead(view)"),
        ("def helped(view: View) -> None:\n    blocks.lead(view)", "def helped(view: View) -> None:"),
        ("async def page(view: View) -> None:\n    blocks.lead(view)", "async def page(view: View) -> None:"),
        ("if __name__ == '__main__':\n    read(1)\n    shell.show(page)", "if __name__ == '__main__':"),
        ("with blocks.errors_shown(view):\n    read(view)", "with blocks.errors_shown(view):"),
    ],
)
def test_what_else_stands_in_a_script_is_found(tmp_path: Path, planted: str, found: str) -> None:
    page = '"""Words."""\nfrom pages._ui import shell\n\ndef page(view: View) -> None:\n    blocks.lead(view)\n'
    plant(tmp_path / "pages" / "a.py", f"{page}{planted}\n{ALONE}\n")
    assert [line.partition(" ")[2] for line in besides(tmp_path)] == [found]


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("reading = read(view)", "read(view)"),
        ("cache.words(view)", "cache.words(view)"),
        ("with blocks.control_row():\n    figures.heatmap(view)", "figures.heatmap(view)"),
        ("if view:\n    runtime.wait(1)", "runtime.wait(1)"),
        ("if view:\n    blocks.picture(view, memoized(draw, view))", "memoized(draw, view)"),
        ("asked = gradient_reading.ask(view)", "gradient_reading.ask(view)"),
    ],
)
def test_what_is_computed_outside_is_found(tmp_path: Path, planted: str, found: str) -> None:
    head = "from pages._ui import blocks, cache\nfrom rnn_core import figures, runtime\n"
    inside = "with blocks.errors_shown(view):\n    runs = read(view)\n    runtime.ready()\n"
    body = indent(f"blocks.lead(view)\nsaid = view.state['text']\n{inside}{planted}\n", "    ")
    plant(tmp_path / "pages" / "a.py", f"{head}def page(view: View) -> None:\n{body}")
    assert [line.partition(" ")[2] for line in unguarded(tmp_path)] == [found]


def alone(root: Path) -> list[str]:
    """Who lets a part of a page run alone past `blocks.alone`, which shows what fails in it."""
    known = ("pages/_ui/blocks.py", "pages/_ui/shell.py")
    files = [path.relative_to(root).as_posix() for path in sources(root, ("pages",))]
    return [file for file in files if file not in known and "st.fragment" in (root / file).read_text(encoding="utf-8")]


def test_every_part_that_runs_alone_shows_its_errors(tmp_path: Path) -> None:
    assert alone(ROOT) == []
    plant(tmp_path / "pages" / "_ui" / "a.py", "@st.fragment\ndef f(): ...")
    assert alone(tmp_path) == ["pages/_ui/a.py"]


def plant(path: Path, source: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
