"""How a training ends; of the prepared ones it was measured beforehand, and is shipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Literal

import torch
from pydantic.dataclasses import dataclass
from typing_extensions import TypedDict

from rnn_core.training import manifests
from rnn_core.training.lab.contrasts import CONTRASTS
from rnn_core.training.lab.events import Diverged, Event, Finished, Point, Solved, from_line
from rnn_core.training.lab.folder import Folder
from rnn_core.training.lab.loop import train
from rnn_core.training.lab.spec import TrainSpec

FILE = "lab"  # the name of its manifest
PREPARED: Mapping[str, TrainSpec] = {"usual": TrainSpec(task="adding", length=50), **CONTRASTS}
"""As the chapter opens, and the contrasts, by name."""


@dataclass(frozen=True)
class Ending:
    """How a training has ended.

    Attributes:
        kind: "diverged"; "solved" where the held-out loss was below the goal at some point; else "stuck".
        step: after how many updates it diverged, or the goal was reached; of one that is stuck, all of them.
        loss: the held-out loss at the last point.
    """

    kind: Literal["solved", "stuck", "diverged"]
    step: int
    loss: float


class Measured(TypedDict):
    """What is shipped: with which torch and on which machine it was measured, and the endings by name."""

    torch: str
    machine: str
    endings: dict[str, Ending]


def find_ending(events: Iterable[Event]) -> Ending | None:
    """How a training ended by its events; None where it has not.

    Example:
        >>> find_ending(train(TrainSpec(task="parity", length=4, cell="gru", hidden=4, steps=2))).kind
        'stuck'
    """
    loss, solved = 0.0, None
    for event in events:
        if isinstance(event, Point):
            loss = event.loss
        elif isinstance(event, Solved):
            solved = event.step
        elif isinstance(event, Diverged):
            return Ending("diverged", event.step, loss)
        elif isinstance(event, Finished):
            return Ending("stuck", event.step, loss) if solved is None else Ending("solved", solved, loss)
    return None


def stored_ending(folder: Folder) -> Ending | None:
    """How the training of a folder has ended; None where it has not."""
    return find_ending(map(from_line, folder.lines())) if folder.end() else None


def measure() -> Iterator[tuple[str, Ending]]:
    """Make every prepared training and ship how each ended, yielding them one by one."""
    found: dict[str, Ending] = {}
    for name, spec in PREPARED.items():
        ending = find_ending(train(spec))
        assert ending is not None
        found[name] = ending
        yield name, ending
    lines = {name: {"kind": one.kind, "step": one.step, "loss": one.loss} for name, one in found.items()}
    manifests.write(FILE, {"torch": torch.__version__, "machine": manifests.machine(), "endings": lines})


@cache
def prepared_endings() -> Mapping[str, Ending]:
    """How the prepared trainings end, by the id of their spec.

    Raises:
        KiokuError: the file is missing or damaged.
    """
    endings = manifests.read(FILE, Measured)["endings"]
    return {PREPARED[name].id: ending for name, ending in endings.items() if name in PREPARED}
