"""Which modules say shapes, `Float[Tensor, "T H"]`, and how these are checked at each call while tests run."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from typing import TYPE_CHECKING, TypeVar, get_args, get_type_hints

import jaxtyping
from beartype import beartype
from jaxtyping import AbstractArray

from tests.reading import ROOT, sources, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import CodeType

Decorated = TypeVar("Decorated", bound="Callable[..., object]")
CHECKED = "tests.shapes.check_shapes"


def check_shapes(function: Callable[..., object]) -> Callable[..., object]:
    """The function, which refuses arrays of other shapes; mypy has checked what else its signature says."""
    said = function.__annotations__
    function.__annotations__ = {name: hint for name, hint in said.items() if _has_shape(hint)}
    return beartype(function) if function.__annotations__ else function


def hook() -> None:
    """Have shapes checked in every module that has some and is imported from now on.

    jaxtyping's hook wraps every function and class of a module, and one within another whenever that is called. Those
    that say no shapes are left as they are: nothing of them would be checked.
    """
    everywhere, known = jaxtyping.jaxtyped, dict["CodeType", bool]()

    def says_shapes(one: Callable[..., object]) -> bool:
        if not inspect.isfunction(one):
            return dataclasses.is_dataclass(one) and any(map(_has_shape, _hints(one.__init__)))
        if one.__code__ not in known:
            known[one.__code__] = any(map(_has_shape, _hints(one)))
        return known[one.__code__]

    def where_shaped(*, typechecker: object) -> Callable[[Decorated], Decorated]:
        return lambda one: everywhere(one, typechecker=typechecker) if says_shapes(one) else one

    jaxtyping.jaxtyped = where_shaped
    jaxtyping.install_import_hook(list(shaped()), CHECKED)


def _hints(function: Callable[..., object]) -> Iterator[object]:
    """What a signature says, but for what can't be read as the module is imported, which jaxtyping doesn't check."""
    for said in function.__annotations__.values():
        try:
            yield get_type_hints(type("", (), {"__annotations__": {"it": said}}), function.__globals__)["it"]
        except Exception:  # whatever stands there: jaxtyping does the same
            continue


def _has_shape(hint: object) -> bool:
    return (isinstance(hint, type) and issubclass(hint, AbstractArray)) or any(map(_has_shape, get_args(hint)))


def shaped(root: Path = ROOT) -> dict[str, Path]:
    """Every module of the library and the app that imports jaxtyping, by its name."""
    files = [path for path in sources(root, ("rnn_core", "pages")) if "jaxtyping import" in path.read_text("utf-8")]
    return {".".join(path.relative_to(root).with_suffix("").parts): path for path in files}


def unreadable(path: Path) -> set[str]:
    """What a module's shapes name that is there for the type checker only: with it, nothing is checked as tests run.

    What a function that is given takes and returns is checked where that function is written, not here.
    """
    module = tree(path)
    jaxtyping = {name for node in ast.walk(module) for name in _imported(node, "jaxtyping")}
    guarded = [node for node in module.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    hidden = {name for block in guarded for node in block.body for name in _bound(node)}
    annotations = [each for node in ast.walk(module) for each in _annotations(node)]
    return {name for each in annotations if (named := _names(each)) & jaxtyping for name in named & hidden}


def _imported(node: ast.AST, package: str = "") -> set[str]:
    if isinstance(node, ast.ImportFrom) and package in ("", node.module):
        return {alias.asname or alias.name for alias in node.names}
    return (
        {alias.asname or alias.name for alias in node.names} if isinstance(node, ast.Import) and not package else set()
    )


def _bound(node: ast.AST) -> set[str]:
    return {target.id for target in node.targets} if isinstance(node, ast.Assign) else _imported(node)


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.FunctionDef):
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
        yield from (each.annotation for each in arguments if each is not None and each.annotation is not None)
        yield from [node.returns] if node.returns else []
    elif isinstance(node, ast.AnnAssign):
        yield node.annotation


def _names(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Callable":
        return {"Callable"}
    found = {node.id} if isinstance(node, ast.Name) else set()
    return found.union(*(_names(child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)))
