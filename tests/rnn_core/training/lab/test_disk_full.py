"""A disk that is really full: a small tmpfs of a namespace of its own, where the system allows that."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.reading import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ALONE = ("unshare", "--user", "--map-root-user", "--mount")
SMALL, LARGE = "size=160k", "size=20m"
SCRIPT = """
import subprocess, sys
from pathlib import Path
from rnn_core.errors import KiokuError
from rnn_core.training.lab.engine import Engine
from rnn_core.training.lab.files import ASIDE
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.worker import compute
from tests.rnn_core.training.lab.standin import spec, train
from tests.rnn_core.training.lab.test_engine import content, undisturbed

root, beside = map(Path, sys.argv[1:3])
subprocess.run(["mount", "-t", "tmpfs", "-o", sys.argv[3], "none", root], check=True)
runs = Runs(root)
run = runs.submit(spec(), "one")
assert runs.index.take() == spec().id
told = lambda: compute(str(runs.trainings), spec().id, train).kind
assert told() == "full"
assert not list(root.rglob(ASIDE + "*"))
seen = runs.events_since(run)
assert seen.next > 1
try:
    while True:
        runs.submit(spec(seed=seen.next + len(list(runs.trainings.iterdir()))), "one")
except KiokuError as error:
    assert error.code == "lab_disk", error
assert told() == "full"
subprocess.run(["mount", "-o", "remount," + sys.argv[4], root], check=True)
assert told() == "ended"
assert runs.events_since(run).lines[: seen.next] == seen.lines
assert content(runs.folder(spec().id)) == undisturbed(spec(), beside)
print("survived")
"""


def test_a_full_disk_is_survived(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    command = [*ALONE, sys.executable, "-c", SCRIPT, str(tmp_path / "disk"), str(tmp_path), SMALL, LARGE]
    if subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system gives nobody a namespace of their own")
    found = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert (found.stdout, found.returncode) == ("survived\n", 0), found.stderr
