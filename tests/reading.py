"""The project's own source, read and not run: which files there are, what they import, what they spell out."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("app.py", "install.py", "pages", "rnn_core", "tests", "bench", "docs")


def sources(root: Path = ROOT, rooms: tuple[str, ...] = ROOMS, suffix: str = ".py") -> list[Path]:
    """All files of these rooms that end in `suffix`, sorted."""
    found = [path for room in rooms for path in [root / room, *(root / room).rglob(f"*{suffix}")]]
    return sorted(path for path in found if path.is_file() and path.suffix == suffix)


def tree(path: Path) -> ast.Module:
    """One file, parsed."""
    return _parsed(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)  # a file is read for several things, one after the other; all trees together are 250 MB
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


def called(node: ast.AST) -> str:
    """The last name of what a call calls: `raised` of `errors.raised(…)`; nothing where it has no name."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", None) or getattr(node.func, "id", "")


def imports(path: Path, root: Path = ROOT) -> set[str]:
    """Every module that a file imports anywhere, as an absolute dotted name.

    Imports in functions and under TYPE_CHECKING count, and so does `importlib.import_module("…")`, in whose name each
    value is `{}`; relative ones are resolved. `from a import b` may import the module a.b, so both names are given.
    """
    package = path.relative_to(root).parent.parts
    return {name for node in ast.walk(tree(path)) for name in _imported(node, package) if name}


def _imported(node: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = _absolute("." * node.level + (node.module or ""), package)
        yield base
        yield from (f"{base}.{alias.name}".lstrip(".") for alias in node.names)
    elif isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield _absolute(first.value, package)
        elif isinstance(first, ast.JoinedStr):
            yield _absolute(template(first), package)


def _absolute(name: str, package: tuple[str, ...]) -> str:
    level = len(name) - len(name.lstrip("."))
    if not level:
        return name
    return ".".join([*package[: len(package) - level + 1], *filter(None, [name.lstrip(".")])])


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every string constant of a file with its line, the pieces of f-strings and the docstrings excepted."""
    module = tree(path)
    skipped = set()
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(piece) for piece in node.values}
        elif isinstance(node, ast.Expr):
            skipped.add(id(node.value))
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def templates(path: Path) -> Iterator[tuple[int, str]]:
    """Every f-string of a file with its line, as a pattern in which a value is `{}`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, template(node)


def template(node: ast.JoinedStr) -> str:
    """An f-string as a pattern in which a value is `{}`."""
    return "".join(str(piece.value) if isinstance(piece, ast.Constant) else "{}" for piece in node.values)


def plant(root: Path, file: str, source: str = "") -> None:
    """A file of this source where a wall must find it, or must not."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
