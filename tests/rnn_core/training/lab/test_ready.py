"""What workers are forked from has all that they need, and no thread that a fork would lose."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import rnn_core.training.lab.ready  # noqa: F401  # nothing happens here
from rnn_core.training.lab.worker import NICER
from tests.reading import ROOT

ASKED = """
import json, os, sys
import rnn_core.training.lab.ready
loaded = [name for name in ("distributed", "torch", "rnn_core.training.lab.loop") if name in sys.modules]
print(json.dumps([loaded, len(os.listdir("/proc/self/task")), os.nice(0)]))
"""


def test_it_is_ready_alone_and_polite_and_nobody_else_is() -> None:
    before = os.nice(0)
    found = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, check=True, capture_output=True, text=True)
    loaded, threads, nice = json.loads(found.stdout)
    assert loaded == ["distributed", "torch", "rnn_core.training.lab.loop"]
    assert threads == 1
    assert nice == min(19, before + NICER)
    assert os.nice(0) == before
