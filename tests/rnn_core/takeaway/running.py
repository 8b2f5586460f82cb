"""A script to take home, run: as a reader would, or in this process, which has imported torch already."""

from __future__ import annotations

import io
import re
import runpy
import subprocess
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = sys.stdlib_module_names | {"torch", "safetensors"}


def run_alone(script: Path) -> str:
    """What a script prints in a process of its own, which knows nothing of this checkout."""
    command = [sys.executable, "-I", "-W", "error", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def run_here(script: Path) -> str:
    """The same in this process: for more cases of a kind of script of which one is run alone."""
    imported = re.findall(r"^\s*(?:from|import) (\w+)", script.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(imported) <= NEEDED, "it might find here what a reader has not"
    with redirect_stdout(io.StringIO()) as out:
        runpy.run_path(str(script), run_name="__main__")
    return out.getvalue()
