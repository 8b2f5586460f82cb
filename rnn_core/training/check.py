"""Are the shipped weights those that the code makes? One model is trained anew and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch

from rnn_core.specs import ModelSpec
from rnn_core.training.manifests import machine
from rnn_core.training.task import SpecT, Task

SMALLEST = ModelSpec(cell="lstm", hidden=8)
NEAR = 0.05  # elsewhere the last bits differ, and training makes much of them: only the scores can be compared


@dataclass(frozen=True)
class Check:
    """A shipped model beside the same one trained anew.

    Attributes:
        same_machine: same torch and same processor as when the shipped weights were made.
        difference: the largest |anew − shipped| over all weights; 0 when they are bit-equal.
        scores: what the line says in numbers that are not whole: shipped (by the manifest), anew.
    """

    model: str
    same_machine: bool
    difference: float
    scores: Mapping[str, tuple[float, float]]

    @property
    def passed(self) -> bool:
        """On the same machine every bit is the same; elsewhere the scores are near: of those above 1, in proportion."""
        if self.same_machine:
            return self.difference == 0
        return all(abs(anew - shipped) <= NEAR * max(1, shipped) for shipped, anew in self.scores.values())


def retrain(task: Task[SpecT, Any, Any], spec: SpecT) -> Check:
    """Train a shipped model of a task anew and compare it with its weights and its line in the manifest.

    Raises:
        KiokuError: the manifest or the shipped weights are missing or damaged.
    """
    manifest, shipped = task.manifest(), task.family(spec).load(spec).state_dict()
    model, ended = task.train(spec)
    recorded, anew = manifest["models"][spec.name], task.entry(spec, model, ended)
    return Check(
        model=spec.name,
        same_machine=(manifest["torch"], manifest["machine"]) == (torch.__version__, machine()),
        difference=max(float((tensor - shipped[name]).abs().max()) for name, tensor in model.state_dict().items()),
        scores={key: (recorded[key], value) for key, value in anew.items() if isinstance(value, float)},
    )
