"""What was recorded of a recurrent module: immutable, plain numpy, readable without torch."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rnn_core.errors import KiokuError
from rnn_core.quantities import QUANTITIES, Cell

if TYPE_CHECKING:
    from rnn_core.quantities import Array


@dataclass(frozen=True)
class Clamp:
    """Clamp a quantity to a value; everything after it follows.

    Attributes:
        quantity: a key of the module's cell (`QUANTITIES.of(cell)`).
        value: a finite number, in the quantity's own unit; it need not lie in the quantity's usual range.
        units: which units, 0-based; None for all.
        steps: at which positions of the input, 0-based, for both directions; None for all.
        layer: which layer, 0-based.
        direction: 0 forward, 1 backward.

    Raises:
        KiokuError: unknown quantity, a value that is not a finite number, or indices that are not whole numbers ≥ 0.
    """

    quantity: str
    value: float
    units: int | Sequence[int] | None = None
    steps: int | Sequence[int] | None = None
    layer: int = 0
    direction: int = 0

    def __post_init__(self) -> None:
        QUANTITIES[self.quantity]
        object.__setattr__(self, "value", _number(self.quantity, self.value))
        for field in ("units", "steps", "layer", "direction"):
            object.__setattr__(self, field, _indices(field, getattr(self, field)))


def _number(quantity: str, given: object) -> float:
    """`given` as a finite float (numpy's and torch's scalars too)."""
    try:
        number = math.nan if isinstance(given, (bool, str, bytes)) else float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise KiokuError("clamp_value", quantity=quantity, given=repr(given))
    return number


def _indices(field: str, given: object) -> object:
    """`given` as an int or a tuple of ints ≥ 0; None stays None where it means "all"."""
    if given is None and field in ("units", "steps"):
        return None
    if (one := _index(given)) is not None:
        return one
    if field in ("units", "steps") and isinstance(given, Iterable) and not isinstance(given, (str, bytes)):
        several = [_index(item) for item in given]
        if None not in several:
            return tuple(several)
    raise KiokuError("clamp_indices", field=field, given=repr(given))


def _index(given: object) -> int | None:
    """A whole number ≥ 0 (numpy's and torch's scalars too), else None. True is not a number here."""
    if isinstance(given, bool):
        return None
    try:
        number = operator.index(given)  # type: ignore[arg-type]  # a TypeError says no
    except (TypeError, ValueError):
        return None
    return number if number >= 0 else None


class NamedArrays(Mapping[str, NDArray[np.floating]]):
    """Read-only arrays by name; asking for a name that is not there is a `KiokuError`."""

    def __init__(self, values: Mapping[str, Array]) -> None:
        self._values = dict(values)
        for array in self._values.values():
            array.flags.writeable = False

    def __getitem__(self, key: str) -> Array:
        """The array of `key`.

        Raises:
            KiokuError: there is none of that name.
        """
        if key not in self._values:
            raise KiokuError("unknown_quantity", given=key, known=", ".join(self._values))
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{key} {array.shape}' for key, array in self.items())})"


class LayerTrace(NamedArrays):
    """One direction of one layer: each quantity of its cell as a read-only array, time first.

    Shapes: (T, H) for an unbatched sequence, (T, B, H) for a batch; with a projection `hidden_state` has its size
    instead of H. Index t is the position in the input, for the backward direction too.
    """

    def __init__(self, cell: Cell, values: Mapping[str, Array]) -> None:
        self.cell = cell
        super().__init__({row.key: values[row.key] for row in QUANTITIES.of(cell)})


@dataclass(frozen=True, eq=False)
class Trace:
    """Everything that a recurrent module computed on its inputs.

    Attributes:
        cell: "rnn", "lstm" or "gru"; "transformer" for one that has no recurrence.
        layers: `layers[layer][direction]`; direction 1 is the backward one of a bidirectional module.
        output: the module's first output, in the module's own layout; read-only.
        parity: the largest |recomputed h − torch's h| / max(1, |h|) over all layers; nan where something is clamped.
    """

    cell: Cell
    layers: tuple[tuple[LayerTrace, ...], ...]
    output: Array
    parity: float

    def __post_init__(self) -> None:
        self.output.flags.writeable = False

    def __len__(self) -> int:
        """T, the number of steps."""
        return len(self.layers[0][0]["hidden_state"])

    def __getitem__(self, key: str) -> Array:
        """The array of `key` in the first layer's forward direction, which is all there is of most modules.

        Raises:
            KiokuError: the cell has no such quantity.
        """
        return self.layers[0][0][key]
