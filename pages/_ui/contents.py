"""The contents: every chapter that has a folder in `pages/_chapters`, as it declares itself there."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from pages._ui.chapter import HOME, Chapter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType


def declared() -> dict[str, Chapter]:
    """What each folder declares, by the folder's name; one that declares nothing is what several chapters share."""
    names = [one.name for one in iter_modules(import_module("pages._chapters").__path__) if one.ispkg]
    folders = {name: import_module(f"pages._chapters.{name}") for name in names}
    return {name: folder.CHAPTER for name, folder in folders.items() if hasattr(folder, "CHAPTER")}


def find_part(chapter: Chapter, name: str) -> ModuleType | None:
    """A module of a chapter's folder that not every chapter has; None where this one has none."""
    module = f"pages._chapters.{chapter.name}.{name}"
    return import_module(module) if find_spec(module) else None


def in_order(found: Iterable[tuple[str, Chapter]]) -> tuple[Chapter, ...]:
    """The chapters in their order, from the folders' names and what each declares.

    Raises:
        ValueError: one is not called as its folder is, two have one place, or the first is not the one at the root.
    """
    rows: dict[int, Chapter] = {}
    for folder, row in found:
        if row.name != folder:
            raise ValueError(f"the chapter in pages/_chapters/{folder} calls itself {row.name}")
        if row.order in rows:
            raise ValueError(f"the chapters {rows[row.order].name} and {row.name} have one place, {row.order}")
        rows[row.order] = row
    ordered = tuple(rows[place] for place in sorted(rows))
    if ordered[0].name != HOME:
        raise ValueError(f"{ordered[0].name} stands before {HOME}, which opens at the root")
    return ordered


CHAPTERS = in_order(declared().items())
