"""Which value is clamped where: clamps, checked against the module and turned into what the equations call."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_core.errors import KiokuError
from rnn_core.quantities import BLOCKS, QUANTITIES
from rnn_core.recurrent.cells import ClampStep, Values
from rnn_core.recurrent.inputs import CheckedModule
from rnn_core.recurrent.trace import Clamp


def sort_clamps(clamps: Sequence[Clamp], checked: CheckedModule) -> dict[tuple[int, int], list[Clamp]]:
    """The clamps of each (layer, direction), in the order given.

    Raises:
        KiokuError: not a `Clamp`, a quantity of another cell, or a layer, direction, step or unit out of range.
    """
    if not isinstance(clamps, (list, tuple)) or not all(isinstance(clamp, Clamp) for clamp in clamps):
        raise KiokuError("not_clamps", given=type(clamps).__name__)
    sorted_: dict[tuple[int, int], list[Clamp]] = {
        (layer, d): [] for layer in range(len(checked.layers)) for d in range(checked.directions)
    }
    for clamp in clamps:
        if checked.cell not in QUANTITIES[clamp.quantity].forms:
            known = ", ".join(row.key for row in QUANTITIES.of(checked.cell))
            raise KiokuError("unknown_quantity", given=clamp.quantity, known=known)
        _within("layer", clamp.layer, len(checked.layers))
        _within("direction", clamp.direction, checked.directions)
        weights = checked.layers[clamp.layer][clamp.direction]
        units = weights.hh.shape[1] if clamp.quantity == "hidden_state" else weights.hh.shape[0] // BLOCKS[checked.cell]
        _within("units", clamp.units, units)
        _within("steps", clamp.steps, len(checked.inputs))
        sorted_[clamp.layer, clamp.direction].append(clamp)
    return sorted_


def _within(field: str, indices: int | Sequence[int] | None, size: int) -> None:
    for index in [indices] if isinstance(indices, int) else indices or ():
        if index >= size:
            raise KiokuError("clamp_range", field=field, given=index, last=size - 1)


def clamp_at(clamps: Sequence[Clamp], step: int) -> ClampStep:
    """What the equations call at one step: the clamps of that step, the later one over the earlier."""
    here = [row for row in clamps if row.steps is None or step in _listed(row.steps)]

    def clamp(key: str, values: Values, /) -> Values:
        for row in here:
            if row.quantity == key:
                values[..., slice(None) if row.units is None else list(_listed(row.units))] = row.value
        return values

    return clamp


def _listed(indices: int | Sequence[int]) -> Sequence[int]:
    return (indices,) if isinstance(indices, int) else indices
