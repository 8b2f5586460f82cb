"""A prepared contrast: mid-sentence, hold at 0 what carries a cell's state on, and the reply is another one.

Sentence and words were found by search over the grammar; `tests/rnn_core/test_forgetting.py` measures the effect on the
shipped models.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.recurrent.clamps import Clamp
from rnn_core.specs import ModelSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.quantities import Recurrent

WORDS = ("昨夜", "は", "暖かく", "なかっ", "た")
HIDDEN = 16
# By what each cell carries its state on from one word to the next (the gate that keeps, or the state itself), and the
# word, 0-based, at which it is held. A gate at 0 cuts the direct way only: the h before still enters every gate and
# candidate. The RNN's state at 0 erases all words up to its own.
CARRIES: Mapping[Recurrent, tuple[str, int]] = MappingProxyType(
    {"rnn": ("hidden_state", 2), "lstm": ("forget_gate", 3), "gru": ("update_gate", 3)}
)


def network(cell: Recurrent) -> ModelSpec:
    """The network on which the contrast was found."""
    return ModelSpec(cell=cell, hidden=HIDDEN)


@cache
def shut(cell: Recurrent) -> Clamp:
    """What is held.

    Example:
        >>> shut("lstm")
        Clamp(quantity='forget_gate', value=0.0, units=None, steps=3, layer=0, direction=0)
    """
    quantity, step = CARRIES[cell]
    return Clamp(quantity, 0.0, steps=step)


def sizes(cell: Recurrent) -> tuple[int, ...]:
    """The sizes of the trained networks whose reply is another one while it is held: all, but for one LSTM.

    Example:
        >>> sizes("gru"), sizes("lstm")
        ((8, 16, 32, 64), (8, 16, 32))
    """
    return tuple(size for size in (8, 16, 32, 64) if (cell, size) != ("lstm", 64))
