"""The cells side by side: at which sizes they are compared, and how far two readings of one network are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from rnn_core import comparison, decay
from rnn_core.parameters import ParameterCount
from rnn_core.quantities import CELLS, Cell
from rnn_core.specs import ModelSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.comparison import Array, Float64

Fair = Literal["units", "parameters"]
MEASURE: Cell = "gru"  # the cell whose count the others come near: it lies between the other two


def sizes(hidden: int, fair: Fair, inputs: int, shipped: Sequence[int]) -> dict[Cell, int]:
    """How many units each cell has in a comparison.

    Args:
        hidden: the size that is asked for.
        fair: "units", all of this size; "parameters", the GRU of this size, and of the others the one of the shipped
            sizes that learns about as many numbers; of two equally near ones the smaller.
        inputs: the size of what comes in.
        shipped: the sizes that there are.

    Example:
        >>> sizes(16, "parameters", 24, (8, 16, 32, 64))
        {'rnn': 32, 'lstm': 16, 'gru': 16}
    """
    if fair == "units":
        return dict.fromkeys(CELLS, hidden)
    wanted = ParameterCount(MEASURE, inputs, hidden).total

    def off(cell: Cell, size: int) -> int:
        return abs(ParameterCount(cell, inputs, size).total - wanted)

    def nearest(cell: Cell) -> int:
        return min(sorted(shipped), key=lambda size: off(cell, size))

    return {cell: hidden if cell == MEASURE else nearest(cell) for cell in CELLS}


def lineup(hidden: int, fair: Fair, inputs: int, shipped: Sequence[int], **rest: object) -> tuple[ModelSpec, ...]:
    """The network of each cell at its size; `rest` is the same for all (`weights`, `seed`)."""
    found = sizes(hidden, fair, inputs, shipped)
    return tuple(ModelSpec.model_validate({"cell": cell, "hidden": size, **rest}) for cell, size in found.items())


def apart(one: Array, other: Array) -> Float64:
    """How far two readings are apart at each step, a unit: the root of the mean square over the units.

    Shapes: two arrays (T, H) → (T,). A mean, so that networks of different sizes can be compared.

    Example:
        >>> apart(np.zeros((1, 4)), np.full((1, 4), 0.5))
        array([0.5])
    """
    found: Float64 = comparison.distance(one, other) / np.sqrt(one.shape[1])
    return found


def lives(gaps: Float64, share: float = 0.1) -> float | None:
    """After how many steps less than `share` of the first distance is left; None where it never falls so far.

    Example:
        >>> lives(np.array([1.0, 0.5, 0.1, 0.001])), lives(np.array([1.0, 0.5]))
        (2.0, None)
    """
    return decay.reach(gaps[::-1], len(gaps) - 1, share)


def restless(values: Array) -> float:
    """How far a state moves from one word to the next, a unit, on the mean over the words; 0 for one word.

    Example:
        >>> restless(np.array([[0.0, 0.0], [0.5, 0.5], [0.5, 0.5]]))
        0.25
    """
    return float(apart(values[1:], values[:-1]).mean()) if len(values) > 1 else 0.0
