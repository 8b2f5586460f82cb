"""The networks side by side: at which sizes they are compared, and how far two readings of one network are apart."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from rnn_core.gradients import decay
from rnn_core.quantities import CELLS, Cell, Recurrent
from rnn_core.recurrent.parameters import ComposedCount, ParameterCount
from rnn_core.specs import ModelSpec, ResponderSpec, TransformerSpec
from rnn_core.statistics import comparison

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.statistics.comparison import Array, Float64

Fair = Literal["units", "parameters"]
Compared: TypeAlias = ModelSpec | ResponderSpec | TransformerSpec
MEASURE: Recurrent = "gru"  # the cell whose count the others come near: it lies between the other two
NETWORKS: tuple[Cell, ...] = (*CELLS, "bidirectional", "attentive", "transformer")
MADE: Mapping[Cell, tuple[int, ...]] = MappingProxyType(
    {"bidirectional": (8, 16, 32, 64), "attentive": (8, 16, 32), "transformer": (16, 32)}
)
"""The units of what is composed of others and is shipped."""


def sizes(hidden: int, fair: Fair, inputs: int, shipped: Sequence[int]) -> dict[Cell, int]:
    """How many units each network has in a comparison: how many numbers its state has.

    Args:
        hidden: the size that is asked for.
        fair: "units", all of this size, or of the one nearest to it that there is; "parameters", the GRU of this size,
            and of the others the one of the shipped sizes that learns about as many numbers. Of two equally near ones
            the smaller.
        inputs: the size of what comes in.
        shipped: the sizes that there are of the three cells; of the others there are those of `MADE`.

    Example:
        >>> sizes(16, "parameters", 24, (8, 16, 32, 64))
        {'rnn': 32, 'lstm': 16, 'gru': 16, 'bidirectional': 16, 'attentive': 8, 'transformer': 16}
    """
    wanted = count(MEASURE, inputs, hidden).total

    def off(cell: Cell, size: int) -> int:
        return abs(size - hidden) if fair == "units" else abs(count(cell, inputs, size).total - wanted)

    def nearest(cell: Cell) -> int:
        if cell in CELLS and (fair == "units" or cell == MEASURE):
            return hidden
        return min(sorted(MADE.get(cell, shipped)), key=lambda size: off(cell, size))

    return {cell: nearest(cell) for cell in NETWORKS}


def count(cell: Cell, inputs: int, units: int) -> ParameterCount | ComposedCount:
    """How many numbers a network with so many units learns between embedding and readout."""
    if cell == "rnn" or cell == "lstm" or cell == "gru":
        return ParameterCount(cell, inputs, units)
    return ComposedCount(cell, inputs, units)


def units(spec: Compared) -> int:
    """How many numbers the state of a network has.

    Example:
        >>> units(ResponderSpec(kind="bidirectional", hidden=8)), units(ModelSpec(cell="rnn", hidden=8))
        (16, 8)
    """
    return spec.units if isinstance(spec, ResponderSpec) else spec.hidden


def select_specs(hidden: int, fair: Fair, inputs: int, shipped: Sequence[int], **rest: object) -> tuple[Compared, ...]:
    """Each network at its size; `rest` is the same for all (`weights`, `seed`)."""
    return tuple(_spec(cell, size, rest) for cell, size in sizes(hidden, fair, inputs, shipped).items())


def _spec(cell: Cell, size: int, rest: Mapping[str, object]) -> Compared:
    if cell == "transformer":
        return TransformerSpec.model_validate({"hidden": size, **rest})
    if cell == "bidirectional":
        return ResponderSpec.model_validate({"kind": cell, "hidden": size // 2, **rest})
    if cell == "attentive":
        return ResponderSpec.model_validate({"kind": cell, "hidden": size, **rest})
    return ModelSpec.model_validate({"cell": cell, "hidden": size, **rest})


def spread(totals: Sequence[int]) -> float:
    """How many times as many numbers the largest network learns as the smallest.

    Example:
        >>> spread([2016, 1008])
        2.0
    """
    return max(totals) / min(totals)


def rms_difference(one: Array, other: Array) -> Float64:
    """How far two readings are apart at each step, a unit: the root of the mean square over the units.

    Shapes: two arrays (T, H) → (T,). A mean, so that networks of different sizes can be compared.

    Example:
        >>> rms_difference(np.zeros((1, 4)), np.full((1, 4), 0.5))
        array([0.5])
    """
    found: Float64 = comparison.distance(one, other) / np.sqrt(one.shape[1])
    return found


def persistence(gaps: Float64, share: float = 0.1) -> float | None:
    """After how many steps less than `share` of the first distance is left for good; None where the last has that much.

    Example:
        >>> persistence(np.array([1.0, 0.5, 0.1, 0.001])), persistence(np.array([1.0, 0.5]))
        (2.0, None)
    """
    return decay.reach(gaps[::-1], len(gaps) - 1, share)


def mean_step_change(values: Array) -> float:
    """How far a state moves from one word to the next, a unit, on the mean over the words; 0 for one word.

    Example:
        >>> mean_step_change(np.array([[0.0, 0.0], [0.5, 0.5], [0.5, 0.5]]))
        0.25
    """
    return float(rms_difference(values[1:], values[:-1]).mean()) if len(values) > 1 else 0.0
