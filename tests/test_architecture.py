"""The walls between the rooms, the sizes of what is in them, and that everything has its test."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.reading import ROOT, imports, plant, sources, tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MODULE_LINES, FUNCTION_LINES = 300, 40
ENTRIES = ("__init__", "__main__")
BORROWS = {"translation": ("attention",)}  # the chapter that shows the same kind of network with other words
LENDS = ("uses",)  # no chapter: what those on uses share
# The library's rooms: each may ask those before it, and none of those beside it or after it.
ROOMS = (
    *(("text",), ("statistics",), ("sound",), ("tasks",), ("recurrent",), ("gradients",), ("models",)),
    *(("translation", "segmentation", "speech"), ("training", "own"), ("claims",), ("takeaway", "figures")),
)
FINDS_CHAPTERS = "pages/_ui/contents.py"  # goes over their folders
CALLS_PAGES = "pages/_ui/shell.py"  # imports the one that the address names
# What is on the screen before torch is: none of it may import torch, or anything that does.
LIGHT = (
    *("errors", "messages", "quantities", "specs", "recurrent.trace", "text", "tasks", "figures", "order"),
    *("models.model_trace", "models.answer", "translation.interventions", "statistics.ranks", "segmentation.tags"),
    *("gradients.gradient_trace", "models.sentence_spec", "sound", "speech.measures"),
)


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def is_page(name: str) -> bool:
    return name.startswith("pages.") and not within(name, "pages._ui", "pages._chapters")


def is_one_page(name: str) -> bool:
    return is_page(name) and name != "pages.{}"


def is_of_chapters(name: str) -> bool:
    return within(name, "pages._chapters")


def is_one_chapter(name: str) -> bool:
    return is_of_chapters(name) and name not in ("pages._chapters", "pages._chapters.{}")


def is_foreign_to_a_chapter(name: str) -> bool:
    known = within(name, "streamlit", "pages._ui", "pages._chapters", "rnn_core") or name == "pages"
    return not known and name.split(".")[0] not in sys.stdlib_module_names


def is_part_of_another_chapter(chapter: str) -> Callable[[str], bool]:
    own = [f"pages._chapters.{name}" for name in (chapter, *BORROWS.get(chapter, ()), *LENDS)]
    return lambda name: name.startswith("pages._chapters.") and not within(name, *own)


def is_room_beyond(room: str) -> Callable[[str], bool]:
    place = next(place for place, beside in enumerate(ROOMS) if room in beside)
    beyond = [f"rnn_core.{other}" for beside in ROOMS[place:] for other in beside if other != room]
    return lambda name: within(name, *beyond)


def walls(file: str) -> dict[str, Callable[[str], bool]]:
    """What the file at this path (relative, with slashes) must not import, by the name of the wall."""
    a_page = is_one_page if file == CALLS_PAGES else is_page
    rules: dict[str, Callable[[str], bool]] = {"nothing imports a page": a_page}
    if file.startswith("rnn_core/"):
        rules["the library knows nothing of the app"] = lambda name: within(name, "streamlit", "pages", "app", "bench")
    if (room := re.match(r"rnn_core/(\w+)/", file)) and any(room[1] in beside for beside in ROOMS):
        rules["a room asks those before it"] = is_room_beyond(room[1])
    if not file.startswith(("rnn_core/figures/", "tests/", "bench/")):
        rules["only figures import plotly"] = lambda name: within(name, "plotly")
    if chapter := re.fullmatch(r"pages/(\w+)\.py", file):
        rules["a chapter is thin"] = is_foreign_to_a_chapter
    if chapter := chapter or re.match(r"pages/_chapters/(\w+)/", file):
        rules["a chapter knows no other"] = is_part_of_another_chapter(chapter[1])
    if file.startswith("pages/_ui/"):
        of_chapters = is_one_chapter if file == FINDS_CHAPTERS else is_of_chapters
        rules["what all chapters use knows none of them"] = of_chapters
    return rules


def breaches(root: Path) -> list[str]:
    found = []
    for path in sources(root):
        file, imported = path.relative_to(root).as_posix(), sorted(imports(path, root))
        for wall, forbidden in walls(file).items():
            found += [f"{wall}: {file} imports {name}" for name in filter(forbidden, imported)]
    return found


def test_nobody_climbs_a_wall() -> None:
    assert breaches(ROOT) == []


@pytest.mark.parametrize(
    ("file", "source", "wall"),
    [
        ("rnn_core/cells.py", "import streamlit as st", "the library knows nothing of the app"),
        (
            "rnn_core/text/a.py",
            "def f():\n    from streamlit import cache_data",
            "the library knows nothing of the app",
        ),
        ("rnn_core/a.py", "if TYPE_CHECKING:\n    import streamlit.proto", "the library knows nothing of the app"),
        ("rnn_core/a.py", "import importlib\nimportlib.import_module('streamlit')", "the library knows nothing"),
        ("rnn_core/a.py", "from pages._ui import shell", "the library knows nothing of the app"),
        ("rnn_core/gradients/a.py", "from rnn_core.models import registry", "a room asks those before it"),
        ("rnn_core/models/a.py", "def f():\n    import rnn_core.training.shipped", "a room asks those before it"),
        ("rnn_core/translation/a.py", "from rnn_core.segmentation import tags", "a room asks those before it"),
        ("rnn_core/trace.py", "import plotly.graph_objects as go", "only figures import plotly"),
        ("pages/_ui/blocks.py", "from plotly import io", "only figures import plotly"),
        ("app.py", "import plotly", "only figures import plotly"),
        ("pages/cell.py", "import torch", "a chapter is thin"),
        ("pages/cell.py", "def f():\n    import numpy as np", "a chapter is thin"),
        ("pages/cell.py", "from plotly.graph_objects import Figure", "a chapter is thin"),
        ("pages/cell.py", "from . import home", "nothing imports a page"),
        ("pages/_ui/shell.py", "from ..home import main", "nothing imports a page"),
        ("pages/_ui/shell.py", "from .. import home", "nothing imports a page"),
        (
            "pages/_ui/blocks.py",
            "from importlib import import_module\nimport_module(f'pages.{name}')",
            "nothing imports a page",
        ),
        (
            "pages/_ui/components/a.py",
            "from importlib import import_module\nimport_module('pages.cell')",
            "nothing imp",
        ),
        ("tests/test_a.py", "import pages.home", "nothing imports a page"),
        ("pages/_chapters/cell/a.py", "from pages import home", "nothing imports a page"),
        ("pages/_chapters/cell/a.py", "from pages._chapters.home import contrast", "a chapter knows no other"),
        ("pages/_chapters/attention/a.py", "import pages._chapters.translation.evaluation", "a chapter knows no other"),
        ("pages/cell.py", "from pages._chapters import home", "a chapter knows no other"),
        ("pages/_chapters/uses/a.py", "from pages._chapters.home import contrast", "a chapter knows no other"),
        ("pages/_ui/shell.py", "from pages._chapters.home import contrast", "what all chapters use knows none of them"),
        ("pages/_ui/contents.py", "import pages._chapters.home", "what all chapters use knows none of them"),
        (
            "pages/_ui/shell.py",
            "from importlib import import_module\nimport_module(f'pages._chapters.{name}')",
            "what all chapters use knows none of them",
        ),
        ("bench/a.py", "__import__('pages.home')", "nothing imports a page"),
    ],
)
def test_a_planted_breach_is_found(tmp_path: Path, file: str, source: str, wall: str) -> None:
    plant(tmp_path, file, source)
    assert [line for line in breaches(tmp_path) if line.startswith(wall) and file in line]


def test_what_is_allowed_is_not_a_breach(tmp_path: Path) -> None:
    plant(
        tmp_path, "pages/cell.py", "import json\nimport streamlit as st\nfrom pages._ui import shell\nimport rnn_core"
    )
    plant(tmp_path, "pages/_ui/shell.py", "import torch\nfrom . import controls\n'import plotly'  # import plotly")
    plant(tmp_path, "rnn_core/figures/heatmap.py", "import plotly.graph_objects as go\nfrom ..trace import Trace")
    assert breaches(tmp_path) == []


def oversized(root: Path) -> list[str]:
    found = []
    for path in [file for suffix in (".py", ".js", ".css", ".html") for file in sources(root, suffix=suffix)]:
        file, lines = path.relative_to(root), len(path.read_text(encoding="utf-8").splitlines())
        found += [f"{file}: {lines} lines"] if lines > MODULE_LINES else []
        functions = ast.walk(tree(path)) if path.suffix == ".py" else []
        for node in functions:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > FUNCTION_LINES:
                found.append(f"{file}: {node.name} has {length(node)} lines")
    return found


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines from `def` to the end, docstring not counted."""
    first, lines = function.body[0], function.end_lineno - function.lineno + 1
    if ast.get_docstring(function, clean=False) is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def test_modules_and_functions_are_small() -> None:
    assert oversized(ROOT) == []


def test_an_oversized_module_or_function_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "rnn_core/long.py", "\n" * (MODULE_LINES + 1))
    plant(tmp_path, "pages/_ui/components/long.css", "a {}\n" * (MODULE_LINES + 1))
    plant(tmp_path, "bench/deep.py", "async def f():\n" + "    pass\n" * FUNCTION_LINES)
    plant(tmp_path, "pages/fine.py", 'def f():\n    """Many\n' + "\n" * 60 + '    words."""\n' + "    f()\n" * 39)
    assert sorted(oversized(tmp_path)) == [
        f"bench/deep.py: f has {FUNCTION_LINES + 1} lines",
        f"pages/_ui/components/long.css: {MODULE_LINES + 1} lines",
        f"rnn_core/long.py: {MODULE_LINES + 1} lines",
    ]


def untested(root: Path) -> list[str]:
    found = []
    for path in sources(root, ("rnn_core", "pages")):
        folders = [part.lstrip("_") for part in path.relative_to(root).parent.parts]
        test = root.joinpath("tests", *folders, f"test_{path.stem}.py")
        if path.stem not in ENTRIES and not test.exists():
            found.append(f"{path.relative_to(root)} wants {test.relative_to(root)}")
    return found


def test_every_module_has_its_test() -> None:
    assert untested(ROOT) == []


def test_a_module_without_its_test_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "rnn_core/text/tokenizer.py")
    plant(tmp_path, "pages/_ui/shell.py")
    plant(tmp_path, "tests/pages/ui/test_shell.py")
    assert untested(tmp_path) == ["rnn_core/text/tokenizer.py wants tests/rnn_core/text/test_tokenizer.py"]


def modules() -> list[str]:
    paths = [path.relative_to(ROOT).with_suffix("") for path in sources(ROOT, ("rnn_core",))]
    return [".".join(path.parts).removesuffix(".__init__") for path in paths if path.stem != "__main__"]


def test_the_library_is_light_to_import() -> None:
    light = ["rnn_core", *(name for name in modules() if within(name.removeprefix("rnn_core."), *LIGHT))]
    assert len(light) > len(LIGHT)
    light += ["pages._ui.address"]  # and with it what every chapter declares
    light += [f"pages.{name}" for name in ("text_generation", "sentiment", "speech", "forecast")]
    code = f"import sys, importlib\nfor name in {light}:\n    importlib.import_module(name)\n"
    code += "sys.exit(f'torch was imported by {name}' if 'torch' in sys.modules else 0)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_the_public_names_are_those_that_can_be_imported() -> None:
    library = importlib.import_module("rnn_core")
    assert [name for name in library.__all__ if not hasattr(library, name)] == []
    entrance = [node for node in ast.walk(tree(ROOT / "rnn_core" / "__init__.py")) if isinstance(node, ast.ImportFrom)]
    named = {alias.name for node in entrance if within(str(node.module), "rnn_core") for alias in node.names}
    assert named == set(library.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = library.no_such_name


def test_the_source_speaks_of_the_project_only() -> None:
    """A path of somebody's machine or a note to oneself has no place in what others read."""
    foreign = re.compile(r"/(hom[e]|roo[t]|User[s]|wor[k])/|\b(TO[D]O|FIX[M]E|XX[X])\b")
    files = [path for suffix in (".py", ".md", ".po", ".js", ".css", ".toml") for path in sources(suffix=suffix)]
    files += ROOT.glob("*.md")
    found = [(path.name, match[0]) for path in files for match in foreign.finditer(path.read_text(encoding="utf-8"))]
    assert found == []
