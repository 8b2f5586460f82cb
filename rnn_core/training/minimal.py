"""minGRU and minLSTM of small talk: trained as the GRU of their size, and seeds of that GRU to compare with."""

from __future__ import annotations

from rnn_core.specs import MinimalSpec, ModelSpec
from rnn_core.training import shipped
from rnn_core.training.spec import TrainSpec

(HIDDEN,) = MinimalSpec.shipped
KEPT: tuple[MinimalSpec, ...] = (MinimalSpec(cell="mingru", hidden=HIDDEN), MinimalSpec(cell="minlstm", hidden=HIDDEN))
MEASURED: tuple[MinimalSpec | ModelSpec, ...] = (
    *(MinimalSpec(cell=spec.cell, hidden=HIDDEN, seed=seed) for spec in KEPT for seed in shipped.SEEDS[1:]),
    *(ModelSpec(cell="gru", hidden=HIDDEN, seed=seed) for seed in shipped.SEEDS[1:]),
)
"""Seed 0 of the GRU is shipped with the other networks of small talk."""


def recipe(spec: MinimalSpec | ModelSpec) -> TrainSpec:
    """How the shipped GRU of this size is trained."""
    return shipped.recipe(ModelSpec(cell="gru", hidden=spec.hidden, seed=spec.seed))
