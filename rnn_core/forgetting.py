"""A prepared contrast: mid-sentence, hold at 0 what carries a cell's memory on, and the reply is another one.

Sentence and words were found by search over the grammar; `tests/rnn_core/test_forgetting.py` measures the effect on the
shipped models.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.recurrent.trace import Clamp
from rnn_core.specs import ModelSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.quantities import Recurrent

WORDS = ("昨夜", "は", "暖かく", "なかっ", "た")
HIDDEN = 16
# What carries the memory of each cell from one word to the next (the gate that keeps, or the state itself), and the
# word, 0-based, at which it is held. A gate shuts out the words before its own; a state that is 0 has lost its own too.
CARRIES: Mapping[Recurrent, tuple[str, int]] = MappingProxyType(
    {"rnn": ("hidden_state", 2), "lstm": ("forget_gate", 3), "gru": ("update_gate", 3)}
)


def network(cell: Recurrent) -> ModelSpec:
    """The network on which the contrast was found."""
    return ModelSpec(cell=cell, hidden=HIDDEN)


def shut(cell: Recurrent) -> Clamp:
    """What is held.

    Example:
        >>> shut("lstm")
        Clamp(quantity='forget_gate', value=0.0, units=None, steps=3, layer=0, direction=0)
    """
    quantity, step = CARRIES[cell]
    return Clamp(quantity, 0.0, steps=step)
