"""What workers are forked from has all that they need, and no thread that a fork would lose."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from rnn_core.training.lab.worker import NICER
from tests.reading import ROOT

ASKED = """
import json, os, sys
import rnn_core.training.lab.ready
loaded = [name for name in ("distributed", "torch", "rnn_core.training.lab.loop") if name in sys.modules]
print(json.dumps([loaded, len(os.listdir("/proc/self/task")), os.nice(0)]))
"""


def told(*how: str) -> list[object]:
    """What a process says that imports it: never this one, for those of xdist are called as what is forked from is."""
    command = [sys.executable, *how]
    found = subprocess.run(command, cwd=ROOT, input=ASKED, check=True, capture_output=True, text=True)
    return json.loads(found.stdout)


def test_it_is_ready_alone_and_polite() -> None:
    loaded, threads, nice = told("-c", ASKED)
    assert loaded == ["distributed", "torch", "rnn_core.training.lab.loop"]
    assert threads == 1
    assert nice == min(19, os.nice(0) + NICER)


def test_nobody_else_is() -> None:
    assert told("-") == [[], 1, os.nice(0)]
