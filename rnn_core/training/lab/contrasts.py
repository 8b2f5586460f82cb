"""Trainings that are worth comparing, found by search: each is told from its partner by one setting.

Their names say what is set, never how it ends. `tests/rnn_core/training/lab/test_contrasts.py` trains them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.training.lab.spec import TrainSpec

if TYPE_CHECKING:
    from collections.abc import Mapping


def _adding(**values: object) -> TrainSpec:
    usual = {"task": "adding", "length": 50, "hidden": 32, "batch": 32, "lr": 0.01, "steps": 1500}
    return TrainSpec(**(usual | values))


def _recall(forget_bias: float) -> TrainSpec:
    usual = {"length": 30, "hidden": 32, "batch": 32, "lr": 0.01, "steps": 600}
    return TrainSpec(task="recall", cell="lstm", forget_bias=forget_bias, seed=1, **usual)


def _relu(clip: float | None, seed: int, steps: int) -> TrainSpec:
    wild = {"length": 20, "activation": "relu", "initialisation": "orthogonal", "optimizer": "sgd", "lr": 0.3}
    return _adding(cell="rnn", clip=clip, seed=seed, steps=steps, **wild)


CONTRASTS: Mapping[str, TrainSpec] = MappingProxyType(
    {
        "cell_rnn": _adding(cell="rnn", seed=2),
        "cell_lstm": _adding(cell="lstm", seed=2),
        "bias_1": _recall(1.0),
        "bias_3": _recall(3.0),
        "relu_free": _relu(None, 1, 3000),
        "relu_clip": _relu(1.0, 1, 3000),
        "late": _relu(None, 3, 2000),
        "rate_low": _adding(cell="lstm", length=30, steps=1000),
        "rate_high": _adding(cell="lstm", length=30, steps=1000, lr=0.5),
    }
)
