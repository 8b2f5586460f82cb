"""What was recorded of a recurrent module: immutable, plain numpy, readable without torch."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from rnn_core.errors import KiokuError, unknown_quantity
from rnn_core.quantities import QUANTITIES, Cell
from rnn_core.recurrent.directions import within

if TYPE_CHECKING:
    import os

    from pandas import DataFrame

    from rnn_core.quantities import Array


def same(one: Array, other: Array) -> bool:
    """Whether two arrays have the same shape and numbers, nan where the other has nan."""
    return np.array_equal(one, other, equal_nan=True)


class NamedArrays(Mapping[str, NDArray[np.floating]]):
    """Read-only arrays by name; asking for a name that is not there is a `KiokuError`."""

    def __init__(self, values: Mapping[str, Array]) -> None:
        self._values = dict(values)
        self._freeze()

    def _freeze(self) -> None:
        for array in self._values.values():
            array.flags.writeable = False

    def __getitem__(self, key: str) -> Array:
        """The array of `key`.

        Raises:
            KiokuError: there is none of that name.
        """
        if key in QUANTITIES and key not in self._values:  # it is well spelt, and of another cell
            raise KiokuError("unknown_quantity", given=key, known=", ".join(self._values))
        if key not in self._values:
            raise unknown_quantity(key, self._values)
        return self._values[key]

    def get(self, key: str, default: object = None) -> Any:
        """The array of `key`, or `default` where there is none."""
        return self._values.get(key, default)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NamedArrays):
            return NotImplemented
        mine, others = self._values, other._values
        return mine.keys() == others.keys() and all(same(values, others[key]) for key, values in mine.items())

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._freeze()  # a pickled array comes back writable

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

    Args:
        cell: whose quantities they are.
        values: each of them.
        only: the keys of those that were kept, where not all were.
    """

    def __init__(self, cell: Cell, values: Mapping[str, Array], only: Collection[str] | None = None) -> None:
        self.cell = cell
        rows = QUANTITIES.of(cell)
        super().__init__({row.key: values[row.key] for row in rows if only is None or row.key in only})


Place = TypeVar("Place")


class Places(tuple[Place, ...]):
    """Layers, or the directions of one, by number; asking for one that is not there is a `KiokuError`."""

    field = "layer"

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> Place: ...
    @overload
    def __getitem__(self, index: slice, /) -> tuple[Place, ...]: ...
    def __getitem__(self, index: SupportsIndex | slice, /) -> Place | tuple[Place, ...]:
        """One of them, or several.

        Raises:
            KiokuError: no such number.
        """
        try:
            return super().__getitem__(index)
        except (IndexError, TypeError):
            raise KiokuError("no_such_place", field=self.field, given=repr(index), last=len(self) - 1) from None


class Directions(Places[Place]):
    """The directions of one layer."""

    field = "direction"


def places(layers: Sequence[Sequence[Place]]) -> Places[Directions[Place]]:
    """`layers[layer][direction]`, checked."""
    return Places(Directions(directions) for directions in layers)


def check_recorded(given: object, kind: type, by: str) -> None:
    """See that something is a recording of this kind.

    Args:
        given: what a caller brought.
        kind: `Trace`, or that of gradients.
        by: the function that makes one, for the message: "rc.record".

    Raises:
        KiokuError: it is something else.
    """
    if not isinstance(given, kind):
        raise KiokuError("not_recorded", given=type(given).__name__, by=by)


@dataclass(frozen=True, eq=False, repr=False)
class Trace:
    """Everything that a recurrent module computed on its inputs.

    Equal traces have the same numbers. `key in trace`, `list(trace)` and `trace[key]` ask the first layer's forward
    direction, which is all there is of most modules; `len(trace)` is T.

    Attributes:
        cell: "rnn", "lstm" or "gru"; "transformer" for one that has no recurrence.
        layers: `layers[layer][direction]`; direction 1 is the backward one of a bidirectional module.
        output: the module's first output, in the module's own layout; read-only.
        parity: the largest |recomputed h − torch's h| / max(1, |h|) over all layers; nan where something is clamped.
        batch_first: whether a batch's `output` is (B, T, …) instead of (T, B, …).
        lengths: where the sequences of a batch end, if not all at T: beyond it quantities are nan and the output 0.
    """

    cell: Cell
    layers: tuple[tuple[LayerTrace, ...], ...]
    output: Array
    parity: float
    batch_first: bool = False
    lengths: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", places(self.layers))
        self.output.flags.writeable = False

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.output.flags.writeable = False  # a pickled array comes back writable

    def __len__(self) -> int:
        """T, the number of steps."""
        return len(self.layers[0][0]["hidden_state"])

    def __getitem__(self, key: str) -> Array:
        """The array of `key` in the first layer's forward direction.

        Raises:
            KiokuError: the cell has no such quantity.
        """
        return self.layers[0][0][key]

    def __contains__(self, key: object) -> bool:
        return key in self.layers[0][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self.layers[0][0])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Trace):
            return NotImplemented
        mine, others = ((one.cell, one.layers, one.batch_first, one.lengths) for one in (self, other))
        return (
            mine == others and same(self.output, other.output) and same(np.array(self.parity), np.array(other.parity))
        )

    def __hash__(self) -> int:
        return hash((self.cell, self.output.shape))

    def __repr__(self) -> str:
        head = f"Trace of {self.cell}: {len(self)} steps, output {self.output.shape}, parity {self.parity:.1e}"
        rows = (
            f"  layer {layer}, direction {direction}: {one!r}"
            for layer, directions in enumerate(self.layers)
            for direction, one in enumerate(directions)
        )
        return "\n".join((head, *rows))

    def _repr_html_(self) -> str:
        from rnn_core.recurrent import multiples  # it needs this module

        return multiples.overview(self)

    @property
    def h_n(self) -> Array:
        """The last state of each layer and direction, as torch gives it: (layers · directions, [B,] P)."""
        return self._last("hidden_state")

    @property
    def c_n(self) -> Array:
        """The last cell state of each layer and direction of an LSTM: (layers · directions, [B,] H).

        Raises:
            KiokuError: the cell has none.
        """
        return self._last("cell_state")

    def _last(self, key: str) -> Array:
        every = [(one[key], direction) for layer in self.layers for direction, one in enumerate(layer)]
        if not self.lengths:  # the backward direction ends where the input begins
            return np.stack([values[0 if direction else -1] for values, direction in every])
        ends, rows = np.array(self.lengths) - 1, np.arange(len(self.lengths))
        return np.stack([values[0] if direction else values[ends, rows] for values, direction in every])

    def sequence(self, number: int) -> Trace:
        """One sequence of a batch, as a trace of its own; `parity` stays that of the whole batch.

        What was recorded without a batch is its own only sequence.

        Raises:
            KiokuError: no such sequence in it.
        """
        batched = self["hidden_state"].ndim == 3
        number = within("sequence", number, self["hidden_state"].shape[1] if batched else 1)
        if not batched:
            return self
        end = self.lengths[number] if self.lengths else len(self)
        layers = [
            [LayerTrace(one.cell, {key: values[:end, number] for key, values in one.items()}, one) for one in layer]
            for layer in self.layers
        ]
        output = self.output[number, :end] if self.batch_first else self.output[:end, number]
        return replace(self, layers=places(layers), output=output, batch_first=False, lengths=())

    def to_frame(self, tokens: Sequence[str] | None = None) -> DataFrame:
        """Every number, one a row: [sequence,] step, [token,] layer, direction, unit, quantity, value.

        Raises:
            KiokuError: another number of tokens than of steps.
        """
        from rnn_core.recurrent import exports  # it needs this module

        return exports.to_frame(self, tokens)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as one safetensors file, which `rc.load_trace` reads without torch."""
        from rnn_core.recurrent import exports  # it needs this module

        exports.save_trace(self, path)
