"""A prepared contrast: mid-sentence, hold at 0 what carries a cell's memory on, and the reply is another one.

The word was found by search over the words of the sentence; `tests/rnn_core/test_forgetting.py` measures its effect on
the shipped models.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.specs import ModelSpec
from rnn_core.trace import Clamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.quantities import Cell

SENTENCE = "今日は天気が良いね"
WORD = "天気"
STEP = 2  # 0-based: where WORD stands
HIDDEN = 16
# What carries the memory of each cell from one word to the next: the gate that keeps, or the state itself.
CARRIES: Mapping[Cell, str] = MappingProxyType({"rnn": "hidden_state", "lstm": "forget_gate", "gru": "update_gate"})


def network(cell: Cell) -> ModelSpec:
    """The network on which the contrast was found."""
    return ModelSpec(cell=cell, hidden=HIDDEN)


def shut(cell: Cell) -> Clamp:
    """What is held.

    Example:
        >>> shut("lstm")
        Clamp(quantity='forget_gate', value=0.0, units=None, steps=2, layer=0, direction=0)
    """
    return Clamp(CARRIES[cell], 0.0, steps=STEP)
