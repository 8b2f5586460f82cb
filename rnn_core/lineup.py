"""The networks side by side: at which sizes they are compared, and how far two readings of one network are apart."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from rnn_core.quantities import CELLS, Cell
from rnn_core.specs import ModelSpec, ResponderSpec, TransformerSpec
from rnn_core.statistics import comparison

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.statistics.comparison import Array, Float64

Compared: TypeAlias = ModelSpec | ResponderSpec | TransformerSpec
NETWORKS: tuple[Cell, ...] = (*CELLS, "bidirectional", "attentive", "transformer")
AT_THE_END: tuple[Cell, ...] = ("bidirectional", "attentive")  # these learned replies alone, no next words
Verdict: TypeAlias = Literal["right", "near", "wrong"]
NEAR = 0.5  # of the largest share: where so much is left, a guess is nearly right
UNITS = (8, 16, 32, 64)
BUDGETS: Mapping[int, Mapping[Cell, int]] = MappingProxyType(
    {
        1_600: {"rnn": 29, "lstm": 11, "gru": 13, "bidirectional": 12, "attentive": 10, "transformer": 8},
        5_800: {"rnn": 64, "lstm": 27, "gru": 32, "bidirectional": 34, "attentive": 24, "transformer": 16},
        17_500: {"rnn": 120, "lstm": 54, "gru": 64, "bidirectional": 72, "attentive": 46, "transformer": 28},
    }
)
"""About so many parameters → with how many units each network has as many, within 10 % of every other."""


def equal_units(hidden: int) -> Mapping[Cell, int]:
    """How many units each network has where all have as many: how many numbers its state has."""
    return dict.fromkeys(NETWORKS, hidden)


def units(spec: Compared) -> int:
    """How many numbers the state of a network has.

    Example:
        >>> units(ResponderSpec(kind="bidirectional", hidden=8)), units(ModelSpec(cell="rnn", hidden=8))
        (16, 8)
    """
    return spec.units if isinstance(spec, ResponderSpec) else spec.hidden


def select_specs(sizes: Mapping[Cell, int], **rest: object) -> tuple[Compared, ...]:
    """Each network with so many units; `rest` is the same for all (`weights`, `seed`)."""
    return tuple(_spec(cell, size, rest) for cell, size in sizes.items())


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


def read_by_reply(cell: Cell, states: Array) -> Array:
    """Of the states at all words, the numbers from which the reply is read: those at the last word.

    The bidirectional network reads its backward half at the first word, where that direction ends.

    Shapes: (T, H) → (1, H).

    Example:
        >>> read_by_reply("bidirectional", np.array([[1, 2], [3, 4], [5, 6]]))
        array([[5, 2]])
    """
    if cell != "bidirectional":
        return states[-1:]
    half = states.shape[1] // 2
    return np.concatenate([states[-1:, :half], states[:1, half:]], axis=1)


def share_left(gaps: Mapping[Cell, Array], read: Mapping[Cell, float]) -> dict[Cell, float]:
    """Which share of the change at the first word the reply still reads, of each network in which there was any.

    Args:
        gaps: (T,) of each network, as `rms_difference` gives them.
        read: the same distance of `read_by_reply` alone.

    Example:
        >>> share_left({"rnn": np.array([1.0, 0.2]), "gru": np.array([2.0, 0.5])}, {"rnn": 0.1, "gru": 0.5})
        {'rnn': 0.1, 'gru': 0.25}
    """
    first = {cell: float(values[0]) for cell, values in gaps.items()}
    with np.errstate(over="ignore", invalid="ignore"):
        shares = {cell: float(np.float64(read[cell]) / size) for cell, size in first.items() if size > 0}
    return {cell: share for cell, share in shares.items() if np.isfinite(share)}


def judge_share(shares: Mapping[Cell, float], guess: Cell) -> Verdict:
    """Whether most is left in the guessed network, as far as two figures tell; nearly, if half as much is left there.

    Example:
        >>> [judge_share({"rnn": 0.1, "lstm": 0.9, "gru": 0.5}, cell) for cell in ("lstm", "gru", "rnn")]
        ['right', 'near', 'wrong']
    """
    own, most = shares.get(guess, 0.0), max(shares.values(), default=0.0)
    if f"{own:.2g}" == f"{most:.2g}":
        return "right"
    return "near" if own >= NEAR * most else "wrong"
