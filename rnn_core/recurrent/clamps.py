"""What is to be clamped, where and to what: a value object, readable without torch."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.trace import Trace, check_recorded, same

if TYPE_CHECKING:
    from numpy.typing import NDArray

Which: TypeAlias = "int | Sequence[int] | slice | NDArray[np.bool_] | None"
"""What `units` and `steps` may be."""


@dataclass(frozen=True, eq=False)
class Clamp:
    """Clamp a quantity to a value; everything after it follows.

    Attributes:
        quantity: a key of the module's cell (`QUANTITIES.of(cell)`).
        value: a finite number, in the quantity's own unit, which need not lie in its usual range; or an array of them,
            one for each clamped step and unit: (units,), (steps, units) or, for a batch, (steps, B, units), where 1
            stands for all of them, as in numpy.
        units: which units, 0-based: one, several, a slice, a mask with a truth for each unit; None for all.
        steps: at which positions of the input, 0-based, for both directions, in the same ways; None for all.
        layer: which layer, 0-based.
        direction: 0 forward, 1 backward.

    Raises:
        KiokuError: unknown quantity, a value that is not finite numbers, or indices that are not whole numbers ≥ 0.

    Example:
        >>> Clamp("hidden_state", [0.5, -0.5], units=slice(0, 2), steps=3).value
        array([ 0.5, -0.5])
    """

    quantity: str
    value: Any = None  # float | ArrayLike, never left out; kept as a float or a read-only array
    units: Which = None
    steps: Which = None
    layer: int = 0
    direction: int = 0

    def __post_init__(self) -> None:
        QUANTITIES[self.quantity]
        object.__setattr__(self, "value", _numbers(self.quantity, self.value))
        for field in ("units", "steps", "layer", "direction"):
            object.__setattr__(self, field, _indices(field, getattr(self, field)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Clamp):
            return NotImplemented
        alike = (self.quantity, self.units, self.steps, self.layer, self.direction) == (
            (other.quantity, other.units, other.steps, other.layer, other.direction)
        )
        return alike and same(np.asarray(self.value), np.asarray(other.value))

    def __hash__(self) -> int:
        return hash((self.quantity, self.layer, self.direction))

    @classmethod
    def from_trace(
        cls,
        trace: Trace,
        quantity: str,
        units: Which = None,
        steps: Which = None,
        layer: int = 0,
        direction: int = 0,
    ) -> Clamp:
        """What a quantity was in another run, to be put into this one.

        Args:
            trace: the other run, with as many steps and units; of one sequence, or of as many as this one has.
            quantity, units, steps, layer, direction: what and where, as above.

        Raises:
            KiokuError: the trace has no such quantity, layer, direction, unit or step.

        Example:
            >>> import torch, rnn_core as rc
            >>> gru, one, other = torch.nn.GRU(3, 4), torch.randn(6, 3), torch.randn(6, 3)
            >>> patch = Clamp.from_trace(rc.record(gru, one), "hidden_state", steps=2)
            >>> patched = rc.record(gru, torch.cat([other[:3], one[3:]]), clamps=[patch])
            >>> bool(abs(patched.output[-1] - rc.record(gru, one).output[-1]).max() < 1e-6)
            True
        """
        check_recorded(trace, Trace, "rc.record")
        values = trace.layers[layer][direction][quantity]
        empty = cls(quantity, 0.0, units, steps, layer, direction)
        rows = resolve("steps", empty.steps, len(values))
        columns = resolve("units", empty.units, values.shape[-1])
        return replace(empty, value=values[list(rows)][..., list(columns)])


def chosen(field: str, given: object, size: int) -> tuple[int, ...]:
    """The numbers that are meant, of `size`, by what a caller has given: one, several, a slice, a mask, None for all.

    Raises:
        KiokuError: it is none of them, or one is out of range.

    Example:
        >>> chosen("steps", slice(1, None), 4), chosen("units", 2, 4)
        ((1, 2, 3), (2,))
    """
    return resolve(field, _indices(field, given), size)  # type: ignore[arg-type]  # checked there


def resolve(field: str, which: Which, size: int) -> tuple[int, ...]:
    """The numbers that are meant, of `size`.

    Raises:
        KiokuError: one is out of range, or a mask has another length.
    """
    if which is None:
        return tuple(range(size))
    if isinstance(which, slice):
        return tuple(range(size))[which]
    numbers = (which,) if isinstance(which, int) else tuple(which)
    if any(isinstance(number, bool) for number in numbers):
        if len(numbers) != size:
            raise KiokuError("clamp_mask", field=field, given=len(numbers), size=size)
        return tuple(number for number, chosen in enumerate(numbers) if chosen)
    for number in numbers:
        if number >= size:
            raise KiokuError("clamp_range", field=field, given=number, last=size - 1)
    return numbers


def listed(which: Which, size: int) -> list[int] | None:
    """The numbers that are meant, of `size`; None where that is all of them."""
    return None if which is None else list(resolve("units", which, size))


def _numbers(quantity: str, given: object) -> float | NDArray[np.float64]:
    """`given` as a finite float (numpy's and torch's scalars too), or a read-only array of such."""
    try:
        values = np.array(given, dtype=np.float64) if not _contains_truth_or_text(given) else np.array(np.nan)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        values = np.array(np.nan)
    if not values.size or values.ndim > 3 or not np.isfinite(values).all():
        shown = repr(given)
        raise KiokuError("clamp_value", quantity=quantity, given=shown if len(shown) <= 60 else f"{shown[:60]}…")
    values.flags.writeable = False
    return values if values.ndim else float(values)


def _contains_truth_or_text(given: object) -> bool:
    return isinstance(given, (bool, str, bytes)) or np.asarray(given).dtype.kind not in "fiu"


def _indices(field: str, given: object) -> object:
    """`given` as an int, a tuple of ints ≥ 0 or of truths, or a slice; None stays None where it means "all"."""
    several = field in ("units", "steps")
    if several and (given is None or isinstance(given, slice)):
        return given
    if (one := _index(given)) is not None:
        return one
    if several and isinstance(given, Iterable) and not isinstance(given, (str, bytes)):
        listed = list(given)
        if (
            listed
            and getattr(given, "dtype", None) is not None
            and all(str(item.dtype).endswith("bool") for item in listed)
        ):
            return tuple(bool(item) for item in listed)
        found = [_index(item) for item in listed]
        if None not in found:
            return tuple(found)
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
