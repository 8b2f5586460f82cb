"""What was recorded of a recurrent module: immutable, plain numpy, readable without torch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.quantities import QUANTITIES, Cell

if TYPE_CHECKING:
    from typing import TypeAlias

    import numpy as np
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.floating]


@dataclass(frozen=True)
class Clamp:
    """Hold a quantity at a value; everything after it follows.

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
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)) or not math.isfinite(self.value):
            try:  # a numpy or torch scalar
                value = float(self.value)
            except (TypeError, ValueError):
                value = math.nan
            if isinstance(self.value, (bool, str)) or not math.isfinite(value):
                raise KiokuError("clamp_value", quantity=self.quantity, given=repr(self.value))
            object.__setattr__(self, "value", value)
        for field in ("units", "steps", "layer", "direction"):
            object.__setattr__(self, field, _indices(field, getattr(self, field)))
