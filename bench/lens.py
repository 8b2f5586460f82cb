"""TorchLens on the loop over the steps, in a process of its own: it wraps every function of torch for good.

    python -m bench.lens lstm 50 3

prints the milliseconds of each turn. It stands in no requirements of the app; without it the table says so.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import warnings
from importlib import import_module
from importlib.util import find_spec

from torch import Tensor, nn

from bench.loops import LOOPS
from bench.server import ROOT
from rnn_core import runtime

PACKAGE = "torchlens"


class Loop(nn.Module):
    """The loop as a module, which is what TorchLens takes."""

    def __init__(self, cell: str, layer: nn.RNNBase) -> None:
        super().__init__()
        self.cell, self.layer = cell, layer

    def forward(self, inputs: Tensor) -> Tensor:
        """Every h, of which all else is an intermediate result."""
        return LOOPS[self.cell](self.layer, inputs)["hidden_state"]


def milliseconds(cell: str, length: int, turns: int) -> float | None:
    """What it takes to keep every intermediate result of the loop, the median; None where it is not installed."""
    if find_spec(PACKAGE) is None:
        return None
    command = [sys.executable, "-m", "bench.lens", cell, str(length), str(turns)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return statistics.median(json.loads(run.stdout.splitlines()[-1]))


def main(cell: str, length: int, turns: int) -> None:
    """Measure and print."""
    from bench.recording import case  # it asks here

    runtime.use_one_thread()
    warnings.simplefilter("ignore")
    lens = import_module(PACKAGE)
    module, inputs = case(cell, length)
    loop, taken = Loop(cell, module), []
    for _ in range(turns + 1):
        began = time.perf_counter()
        lens.trace(loop, inputs)
        taken.append((time.perf_counter() - began) * 1e3)
    print(json.dumps(taken[1:]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
