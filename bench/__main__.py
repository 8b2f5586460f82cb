"""`python -m bench [part …]`: measure what is measured by default, or the parts named, and put it into RESULTS.md."""

from __future__ import annotations

import argparse
import signal
import sys
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING

from bench import machine
from bench.report import RESULTS, write
from rnn_core import runtime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

PARTS = (
    "install",
    "recording",
    "gradients",
    "start",
    "warm",
    "cell",
    "change",
    "knobs",
    "uses",
    "player",
    "stage",
    "load",
    "processes",
    "memory",
    "handles",
    "models",
    "translation",
    "attention",
    "transformer",
    "parallel",
    "bidirectional",
    "feelings",
    "addresses",
    "heavy",
    "race",
    "inputs",
    "room",
    "training",
    "engine",
    "your_model",
)
# Minutes of one number; the first with a network.
WHEN_NAMED = (
    *("install", "stage", "processes", "memory", "addresses", "heavy", "race", "inputs", "room", "training", "engine"),
    "your_model",
)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="part", help=f"of: {', '.join(PARTS)} (if named: {', '.join(WHEN_NAMED)})"
    )
    parser.add_argument("--rounds", type=int, help="turns of each measurement that takes turns, fewer for a quick look")
    parser.add_argument(
        "--only", nargs="+", metavar="piece", help="of a part in pieces, as engine, or a chapter of inputs: these"
    )
    told = parser.parse_args()
    asked = told.parts or [part for part in PARTS if part not in WHEN_NAMED]
    if unknown := [part for part in asked if part not in PARTS]:
        parser.error(f"no part {', '.join(unknown)}; there are: {', '.join(PARTS)}")
    runtime.use_one_thread()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # by which its servers are ended too
    modules = {part: import_module(f"bench.{part}") for part in PARTS}
    order = ["Machine", *(modules[part].HEADING for part in PARTS)]
    for part in PARTS:
        if part in asked:
            print(f"Measuring {part} …", flush=True)
            section = modules[part].section
            for pieces in pieces_of(modules[part], told.only):  # each is written once it is measured
                said = {"rounds": told.rounds, "pieces": pieces}
                taken = {name: said[name] for name in signature(section).parameters if said.get(name)}
                write({"Machine": "\n".join(machine.facts()), modules[part].HEADING: section(**taken)}, order)
    print(RESULTS.read_text(encoding="utf-8"))


def pieces_of(module: ModuleType, only: Sequence[str] | None) -> list[tuple[str, ...]]:
    """What is measured one after the other of a part: its pieces, or those that are named; else all at once."""
    return [(name,) for name in getattr(module, "PARTS", ()) if only is None or name in only] or [()]


if __name__ == "__main__":
    main()
