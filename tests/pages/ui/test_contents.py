from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pages._ui.chapter import HOME, Chapter
from pages._ui.contents import CHAPTERS, declared, find_part, in_order
from rnn_core.messages import LANGUAGES, LOCALE
from tests.reading import ROOT, plant

if TYPE_CHECKING:
    from pathlib import Path

FIRST = Chapter(HOME, "inside", 1, ())
DECLARED = """
from pages._ui.chapter import Chapter, Control

CHAPTER = Chapter(
    "toy", "why", 45, ("text", "t", Control("toy_size", "choice", 8, (8, 16)), Control("toy_word", "text", "猫"))
)
"""
PART = """
from pages._ui import blocks, cache
from rnn_core import figures


def price(view):
    words = cache.words(view.text("text")).tokens
    blocks.picture(view, figures.parameter_counts(len(words), view.whole("toy_size", 8), **view.style))
"""
SCRIPT = """
from pages._chapters.toy import part
from pages._ui import blocks, controls, shell
from pages._ui.shell import View


def page(view: View) -> None:
    blocks.question(view)
    blocks.lead(view)
    with blocks.control_row():
        controls.sentence("text", view.lang)
        controls.choice("toy_size", view.lang)
        blocks.more(view, "toy_word")
    with blocks.errors_shown(view):
        part.price(view)


if __name__ == "__main__":
    shell.show(page)
"""
CONTROLS = ("toy_size.label", "toy_size.8", "toy_size.16", "toy_word.label", "toy_word.placeholder")
SAID = {"toy.po": ("toy.title", "toy.question", "toy.lead"), "controls.po": [f"controls.{one}" for one in CONTROLS]}
# The tests that go over all chapters and all controls.
GENERIC = ("tests/pages/ui/test_shell.py", "tests/pages/ui/test_address.py", "tests/pages/test_blank.py")


def test_every_folder_is_a_chapter() -> None:
    assert sorted(declared()) == sorted(row.name for row in CHAPTERS)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([("home", FIRST), ("b", Chapter("a", "inside", 2, ()))], "calls itself a"),
        ([("home", FIRST), ("a", Chapter("a", "inside", 1, ()))], "home and a have one place, 1"),
        ([("home", FIRST), ("a", Chapter("a", "inside", 0, ()))], "a stands before home"),
    ],
)
def test_chapters_that_cannot_stand_together_are_refused(found: list[tuple[str, Chapter]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        in_order(found)


def test_a_chapter_registers_itself_from_its_folder_and_passes_what_holds_of_all(tmp_path: Path) -> None:
    plant(tmp_path, "pages/_chapters/toy/__init__.py", DECLARED)
    plant(tmp_path, "pages/_chapters/toy/part.py", PART)
    plant(tmp_path, "pages/toy.py", SCRIPT)
    shutil.copytree(LOCALE, tmp_path / "locale")
    for path in (tmp_path / "locale" / lang / name for lang in LANGUAGES for name in SAID):
        known = path.read_text(encoding="utf-8") if path.exists() else ""
        said = "".join(f'\nmsgid "{one}"\nmsgstr "Toy {one}"\n' for one in SAID[path.name])
        path.write_text(known + said, encoding="utf-8")
    texts = (
        f"from pathlib import Path\nfrom rnn_core import messages\nmessages.LOCALE = Path({str(tmp_path / 'locale')!r})"
    )
    plant(tmp_path, "toy_texts.py", texts)
    command = [sys.executable, "-m", "pytest", "-p", "toy_texts", "-k", "toy", *GENERIC]
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    run = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    passed = re.search(r"(\d+) passed", run.stdout)
    assert passed
    assert int(passed[1]) > 10


def test_a_part_that_a_chapter_lacks_is_none() -> None:
    assert find_part(CHAPTERS[0], "no_such_part") is None
    assert find_part(CHAPTERS[0], "vote").__name__ == f"pages._chapters.{CHAPTERS[0].name}.vote"
