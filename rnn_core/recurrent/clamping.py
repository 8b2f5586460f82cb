"""Which value is clamped where: clamps, checked against the module and turned into what the equations call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from rnn_core.errors import KiokuError
from rnn_core.quantities import BLOCKS, QUANTITIES
from rnn_core.recurrent.cells import ClampStep, Values
from rnn_core.recurrent.clamps import Clamp, resolve
from rnn_core.recurrent.inputs import CheckedModule

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Resolved(NamedTuple):
    """A clamp on a module whose sizes are known.

    Attributes:
        quantity: its key.
        rows: of each clamped step, its row in `values`.
        units: the clamped units.
        values: (steps, B or 1, units); one number or row may stand for all, so 1 may be any of these.
    """

    quantity: str
    rows: dict[int, int]
    units: list[int]
    values: NDArray[np.float64]


def sort_clamps(clamps: Sequence[Clamp], checked: CheckedModule) -> dict[tuple[int, int], list[Resolved]]:
    """The clamps of each (layer, direction), in the order given.

    Raises:
        KiokuError: not a `Clamp`, a quantity of another cell, a layer, direction, step or unit out of range, or an
            array of values that does not fit what it is to clamp.
    """
    if not isinstance(clamps, (list, tuple)) or not all(isinstance(clamp, Clamp) for clamp in clamps):
        raise KiokuError("not_clamps", given=type(clamps).__name__)
    sorted_: dict[tuple[int, int], list[Resolved]] = {
        (layer, d): [] for layer in range(len(checked.layers)) for d in range(checked.directions)
    }
    steps, batch, _ = checked.inputs.shape
    for clamp in clamps:
        if checked.cell not in QUANTITIES[clamp.quantity].forms:
            known = ", ".join(row.key for row in QUANTITIES.of(checked.cell))
            raise KiokuError("unknown_quantity", given=clamp.quantity, known=known)
        resolve("layer", clamp.layer, len(checked.layers))
        resolve("direction", clamp.direction, checked.directions)
        weights = checked.layers[clamp.layer][clamp.direction]
        size = weights.hh.shape[1] if clamp.quantity == "hidden_state" else weights.hh.shape[0] // BLOCKS[checked.cell]
        sorted_[clamp.layer, clamp.direction].append(resolved(clamp, (steps, batch, size), batched=checked.batched))
    return sorted_


def resolved(clamp: Clamp, sizes: tuple[int, int, int], *, batched: bool) -> Resolved:
    """A clamp on something of T steps, B sequences and so many units.

    Raises:
        KiokuError: a step or unit out of range, or an array of values that does not fit what it is to clamp.
    """
    steps, batch, size = sizes
    units, chosen = resolve("units", clamp.units, size), resolve("steps", clamp.steps, steps)
    values = np.array(clamp.value)  # a copy that torch may write into
    if values.ndim == 2:  # (steps, units): the same in every sequence
        values = values[:, None]
    want = (len(chosen), batch, len(units))
    try:
        np.broadcast_to(values, want)
    except ValueError:
        shape = want if batched else (want[0], want[2])
        raise KiokuError(
            "clamp_shape", quantity=clamp.quantity, given=str(np.shape(clamp.value)), want=str(shape)
        ) from None
    return Resolved(clamp.quantity, {step: row for row, step in enumerate(chosen)}, list(units), values)


def clamp_at(clamps: Sequence[Resolved], step: int) -> ClampStep:
    """What the equations call at one step: the clamps of that step, the later one over the earlier."""
    here = [clamp for clamp in clamps if step in clamp.rows]

    def clamp(key: str, values: Values, /) -> Values:
        for one in here:
            if one.quantity == key:
                row = one.values[one.rows[step] if len(one.values) > 1 else 0] if one.values.ndim == 3 else one.values
                values[..., one.units] = row if isinstance(values, np.ndarray) else torch.as_tensor(row).to(values)
        return values

    return clamp
