"""A sweep: one training with up to three of its settings put to several values, each with several seeds."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from rnn_core.training.lab import limits
from rnn_core.training.lab.spec import TrainSpec

if TYPE_CHECKING:
    from rnn_core.training.lab.folder import Folder

Value: TypeAlias = float | int | str | None
Phase: TypeAlias = Literal["waiting", "training", "done"]

AXES = 3  # settings that are swept at once, at most
DRAWN = 16  # points of a random sweep
SWEPT: Mapping[str, tuple[Value, ...]] = MappingProxyType(
    {
        "lr": (0.001, 0.002, 0.005, 0.01, 0.02),
        "length": (10, 20, 30, 40, 50),
        "hidden": (8, 16, 32, 64, 128),
        "cell": ("rnn", "lstm", "gru"),
        "forget_bias": (-2.0, 0.0, 1.0, 3.0, 5.0),
        "clip": (0.1, 0.3, 1.0, 3.0, 10.0),
        "weight_scale": (0.5, 0.8, 1.0, 1.2, 1.5),
        "batch": (8, 16, 32, 64, 128),
    }
)
"""What can be swept, and over which values."""
VALUES = {1: 5, 2: 4, 3: 3}  # so many values an axis, by the number of axes: no more runs than a visitor may have


@dataclass(frozen=True)
class Sweep:
    """What is swept.

    Attributes:
        base: the training that all others are but for what is swept; its seed is the first.
        axes: the settings that are swept, by their names in `TrainSpec`, each of `SWEPT`.
        seeds: runs of each point.
        drawn: whether `DRAWN` points of the grid are drawn by chance, and not all are computed.
    """

    base: TrainSpec
    axes: tuple[str, ...]
    seeds: int = limits.SEEDS
    drawn: bool = False

    @property
    def values(self) -> tuple[tuple[Value, ...], ...]:
        """Of each axis its values; a random sweep has more of them."""
        count = VALUES[1] if self.drawn else VALUES[len(self.axes)]
        return tuple(_middle(SWEPT[axis], count) for axis in self.axes)

    @property
    def points(self) -> tuple[tuple[int, ...], ...]:
        """Which value of each axis every point has, 0-based."""
        every = list(product(*(range(len(values)) for values in self.values)))
        if self.drawn and len(every) > DRAWN:
            every = sorted(random.Random(self.base.seed).sample(every, DRAWN))
        return tuple(every)

    @property
    def repeats(self) -> int:
        """Runs of each point, as many as were asked for and a visitor may have."""
        return max(1, min(self.seeds, limits.MINE // max(1, len(self.points))))

    def specs(self, point: Sequence[int]) -> tuple[TrainSpec, ...]:
        """The trainings of a point, one a seed.

        Raises:
            KiokuError: one is beyond the limits.
        """
        put = {axis: values[at] for axis, values, at in zip(self.axes, self.values, point, strict=True)}
        return tuple(
            TrainSpec(**{**self.base.model_dump(), **put, "seed": self.base.seed + number})
            for number in range(self.repeats)
        )


def _middle(values: tuple[Value, ...], count: int) -> tuple[Value, ...]:
    """So many neighbours from the middle of the values.

    Example:
        >>> _middle((1, 2, 3, 4, 5), 3), _middle((1, 2, 3, 4, 5), 4), _middle((1, 2), 3)
        ((2, 3, 4), (2, 3, 4, 5), (1, 2))
    """
    start = max(0, len(values) - count + 1) // 2
    return values[start : start + count]


@dataclass
class Progress:
    """How far a training is, read on from where it was read before.

    Attributes:
        updates: of the training in all.
        next: the number of the event to be read next.
        step: after how many updates the last point was taken.
        curve: the held-out loss at each point.
        solved: after how many updates the goal was reached; None where it was not.
        phase: "waiting" before the first event.
        diverged: whether it has.
    """

    updates: int
    next: int = 0
    step: int = 0
    curve: list[float] = field(default_factory=list)
    solved: int | None = None
    phase: Phase = "waiting"
    diverged: bool = False

    @property
    def part(self) -> float:
        """The share of its updates that are made."""
        return min(1.0, self.step / self.updates)

    def read(self, folder: Folder) -> None:
        """Take what a training has told since; nothing where it is done."""
        more = self.phase != "done"
        while more:
            found = folder.read(self.next)
            for line in found.lines:
                self._take(json.loads(line))
            self.next, more = found.next, found.more

    def _take(self, event: Mapping[str, object]) -> None:
        kind = event["kind"]
        self.phase = "done" if kind in ("finished", "diverged") else "training"
        if kind == "point":
            self.step = int(str(event["step"]))
            self.curve.append(float(str(event["loss"])))
        elif kind == "solved":
            self.solved = int(str(event["step"]))
        elif kind == "diverged":
            self.diverged = True
