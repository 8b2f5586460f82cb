"""What is written about Kioku against what it is."""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from docs.reference import REFERENCE, reference
from pages._ui.address import controls_of, parse
from pages._ui.shell import CHAPTERS
from tests.reading import ROOT, sources

README, JA, CONTRIBUTING = (ROOT / name for name in ("README.md", "README.ja.md", "CONTRIBUTING.md"))
READMES = [pytest.param(path, id=path.name) for path in (README, JA)]
PAPERS = [pytest.param(path, id=path.name) for path in (README, JA, CONTRIBUTING)]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def blocks(path: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def outside_blocks(path: Path) -> str:
    return re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def states(path: Path) -> list[tuple[str, dict[str, list[str]]]]:
    """The links into the running app: path and query."""
    links = [urlsplit(link) for link in LINK.findall(path.read_text(encoding="utf-8")) if "localhost" in link]
    return [(link.path, parse_qs(link.query)) for link in links]


@pytest.mark.parametrize("path", PAPERS)
def test_every_command_is_a_target(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    written = set(
        re.findall(r"\bmake ([a-z-]+)", "\n".join(re.findall(r"`+[^`]+`+", path.read_text(encoding="utf-8"))))
    )
    assert written
    assert written <= targets


@pytest.mark.parametrize("path", READMES)
def test_two_commands_are_the_only_ones_in_blocks(path: Path) -> None:
    assert blocks(path, "sh") == ["make run\n", "make test\n"]
    assert re.findall(r"^```(\w*)$", path.read_text(encoding="utf-8"), re.MULTILINE).count("") == 4


def test_every_package_that_the_app_needs_is_in_the_notice() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    needed = {found[1].lower() for line in lines if (found := re.match(r"([\w-]+)==", line))}
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()
    named = {found.removesuffix(".py") for found in re.findall(r"^  (\S+)", notice, re.MULTILINE)}
    assert needed - named == {"torch"}  # which is called PyTorch there


def test_the_readmes_are_built_alike() -> None:
    structure = [re.findall(r"^(#+) ", outside_blocks(path), re.MULTILINE) for path in (README, JA)]
    assert structure[0] == structure[1]
    for kind in ("sh", "python", "text"):
        assert blocks(README, kind) == blocks(JA, kind)
    versions = [sorted(re.findall(r"\d+\.\d+(?:\.\d+)*", outside_blocks(path))) for path in (README, JA)]
    assert versions[0] == versions[1]
    bare = [[(path, {**query, "lang": []}) for path, query in states(readme)] for readme in (README, JA)]
    assert bare[0] == bare[1]
    files = [re.findall(r"`([\w./]+/[\w./]+|pages)`", outside_blocks(path)) for path in (README, JA)]
    assert files[0] == files[1]


def test_the_version_of_python_is_the_one_that_is_asked_for() -> None:
    asked = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert asked
    assert set(re.findall(r"Python (\d+\.\d+)", README.read_text(encoding="utf-8"))) == {asked[1]}


@pytest.mark.parametrize("path", PAPERS)
def test_every_file_that_is_named_exists(path: Path) -> None:
    text = outside_blocks(path)
    named = re.findall(r"`([\w.]+/[\w./*<>-]*|app\.py|pages)`", text)
    named += [link for link in LINK.findall(text) if "://" not in link and "#" not in link]
    named = [name for name in named if not re.search(r"[*<>]", name)]
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", READMES)
def test_every_link_into_the_app_opens_a_state(path: Path) -> None:
    lang = "ja" if path == JA else "en"
    pages = {"/" if row is CHAPTERS[0] else f"/{row.path}": row for row in CHAPTERS}
    assert {page for page, _ in states(path)} == set(pages)
    for page, query in states(path):
        _, notices = parse(query, controls_of(pages[page]))
        assert notices == ()
        assert query["lang"] == [lang]
        assert set(query) <= {"lang", "present", *pages[page].controls}


@pytest.mark.parametrize("path", READMES)
def test_the_example_prints_what_stands_below_it(path: Path) -> None:
    example, printed = blocks(path, "python"), blocks(path, "text")
    assert len(example) == len(printed) == 1
    assert len(example[0].strip().splitlines()) <= 8
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(example[0], path.name, "exec"), {})  # our own README
    assert out.getvalue() == printed[0]


def test_the_reference_is_what_the_code_says() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == reference(), "run make docs"


MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sources(rooms=("rnn_core", "pages/_ui"))
    if path.stem != "__main__"
]


@cache
def examples(name: str) -> list[doctest.DocTest]:
    """The docstrings of a module that have examples: to run those that have none costs more than to find them."""
    return [test for test in doctest.DocTestFinder().find(importlib.import_module(name)) if test.examples]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_hold(name: str) -> None:
    runner = doctest.DocTestRunner()
    for example in examples(name):
        runner.run(example, clear_globs=False)
    assert runner.failures == 0


def test_there_are_examples_in_docstrings() -> None:
    assert len([test for name in MODULES for test in examples(name)]) > 10
