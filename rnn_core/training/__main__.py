"""`python -m rnn_core.training` makes the shipped weights that are not there yet; told of tasks, only theirs.

With `--again` they are made anew even so; with `--check` one small model is retrained and compared; with `--picture`
nothing is trained, and the stored first picture is made from the weights that are there, where it is another one; with
`--lab` the prepared trainings of the lab are made, and how each ends is kept.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from rnn_core import runtime
from rnn_core.training import chorales, parallel
from rnn_core.training.check import NEAR, SMALLEST, retrain
from rnn_core.training.first_picture import redraw
from rnn_core.training.lab.outcomes import measure
from rnn_core.training.tasks import SMALLTALK, TASKS


class Built(Protocol):
    """What can be made, and is not made where it is there already."""

    def up_to_date(self) -> bool:
        """Whether it is there."""

    def build(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Make it, yielding each part with what it is worth."""


BUILT: Mapping[str, Built] = {chorales.NAME: chorales, **TASKS, parallel.FILE: parallel}
"""All that is made here: the melodies, the weights of each task, and after them the tables that need some of them."""


def main() -> int:
    """Do what the command line asks; the exit code."""
    runtime.use_one_thread()  # the sums of several depend on their number
    parser = argparse.ArgumentParser(prog="python -m rnn_core.training", description=__doc__)
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=f"only these of {', '.join(BUILT)}")
    parser.add_argument("--again", action="store_true", help="also what is there already")
    parser.add_argument("--check", action="store_true", help="retrain the smallest LSTM and compare")
    parser.add_argument("--picture", action="store_true", help="only the first picture, from the weights there are")
    parser.add_argument("--lab", action="store_true", help="only how the prepared trainings of the lab end")
    asked = parser.parse_args()
    if unknown := [name for name in asked.tasks if name not in BUILT]:
        parser.error(f"no such task: {', '.join(unknown)}; there are {', '.join(BUILT)}")
    if asked.picture:
        print(f"the first picture: {'made anew' if redraw(SMALLTALK) else 'there already'}")
        return 0
    if asked.lab:
        for name, ending in measure():
            print(f"{name:12}{ending.kind:10}{ending.step:6}{ending.loss:10.4f}", flush=True)
        return 0
    return _check() if asked.check else _build(asked.tasks or list(BUILT), again=asked.again)


def _build(names: list[str], *, again: bool) -> int:
    for name in names:
        task, start = BUILT[name], time.monotonic()
        if task.up_to_date() and not again:
            print(f"{name}: there already")
            continue
        print(f"{name}:", flush=True)
        for model, line in task.build():
            scores = "   ".join(f"{key} {value:.3f}" for key, value in line.items() if isinstance(value, float))
            print(f"  {model:40}{scores}", flush=True)
        print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
    return 0


def _check() -> int:
    result = retrain(SMALLTALK, SMALLEST)
    print(f"{result.model}, shipped and trained anew:")
    print(f"  largest difference of a weight  {result.difference:g}")
    for name, (shipped, anew) in result.scores.items():
        print(f"  {name.replace('_', ' '):32}{shipped:.4f}  {anew:.4f}")
    asked = (
        "same torch and processor: every bit must be the same"
        if result.same_machine
        else f"another torch or processor: each score within {NEAR}, above 1 within {NEAR:.0%}"
    )
    print(f"  {asked}: {'passed' if result.passed else 'FAILED'}")
    return 0 if result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
