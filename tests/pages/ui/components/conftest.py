"""Small fresh models that have read a sentence, one a cell, with the values on their wires."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

import pytest

import rnn_core as rc
from pages._ui.components import place
from rnn_core.models import registry
from rnn_core.quantities import CELLS
from rnn_core.recurrent.circuit import compute_wires
from rnn_core.specs import ModelSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from rnn_core.models.model_trace import ModelTrace

WORDS = ("今日", "は", "<b>", "が", "良い", "ね")


class Case(NamedTuple):
    trace: ModelTrace
    wires: Mapping[str, np.ndarray]


def make(cell: str, words: tuple[str, ...] = WORDS, hidden: int = 8) -> Case:
    spec = ModelSpec(cell=cell, hidden=hidden, weights="fresh")
    trace = rc.run(spec, words)
    weights = {
        name: weight.numpy() for name, weight in registry.family_of(spec).load(spec).recurrent.state_dict().items()
    }
    return Case(trace, compute_wires(trace.layer(), trace.embedding, weights))


@pytest.fixture(scope="session")
def cases() -> dict[str, Case]:
    return {cell: make(cell) for cell in CELLS}


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session's state, as the components see it."""
    state: dict[str, object] = {}
    monkeypatch.setattr(place, "st", SimpleNamespace(session_state=state))
    return state
