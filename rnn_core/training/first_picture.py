"""The first picture, which is stored, so that it is on the screen before torch is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_core.models import registry
from rnn_core.models.model_trace import ModelTrace, load_model_trace
from rnn_core.specs import ModelSpec
from rnn_core.training import manifests

if TYPE_CHECKING:
    from rnn_core.training.task import Task

FIRST_VIEW = ModelSpec(cell="lstm", hidden=16), ("今日", "は", "天気", "が", "良い", "ね")
ROUNDING = 1e-5  # by which two machines may differ in the first picture


def draw() -> ModelTrace:
    """What it shows, by the weights that are there."""
    return registry.run(*FIRST_VIEW)


def redraw(task: Task[Any, Any, Any]) -> bool:
    """Make what a task has drawn anew from the weights that are there, where it is another; whether it was.

    Nothing is trained. The last bits depend on the machine, and are no reason.

    Raises:
        KiokuError: the manifest or the weights are missing or damaged.
    """
    made, changed = task.manifest(), False
    for path, run in task.drawn.items():
        stored, drawn = manifests.if_whole(partial(load_model_trace, path)), run()
        if stored is None or not _alike(stored, drawn):
            drawn.save(path)
            made["sha256"] |= manifests.head([path])["sha256"]
            changed = True
    if changed:
        task.write(made)
    return changed


def _alike(one: ModelTrace, other: ModelTrace) -> bool:
    """Whether both have read and answered the same, with the same numbers within rounding."""
    if (one.spec, one.tokens, one.outputs) != (other.spec, other.tokens, other.outputs):
        return False
    parts = [{**trace.layer(), "": np.array(trace.distribution)} for trace in (one, other)]
    return all(np.allclose(values, parts[1][key], rtol=0, atol=ROUNDING) for key, values in parts[0].items())
