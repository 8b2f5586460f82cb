"""Which network forecasts, and what."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from pydantic import Field

from rnn_core.quantities import CELLS
from rnn_core.specs import MAX_HIDDEN
from rnn_core.tasks.cell_spec import CellSpec

HIDDEN = 16
SEEDS = (0, 1, 2)
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Q: below so great a share of what comes each number of the fan should lie; the middle one is the forecast."""
TaskName: TypeAlias = Literal["forecast", "prices"]
PARTS: Mapping[TaskName, tuple[str, str]] = MappingProxyType(
    {"forecast": ("2014-07-01", "2015-01-01"), "prices": ("2006-07-01", "2008-01-01")}
)
"""Where what decides on the recipe begins, and where the test."""


class ForecastSpec(CellSpec):
    """Which of the networks that forecast: of the weather ("forecast"), or of what shares cost ("prices").

    Raises:
        KiokuError: an unknown field, or a value that is out of range, of the wrong type or missing.

    Example:
        >>> ForecastSpec(cell="gru").name
        'forecast-gru-16-seed0'
    """

    task: TaskName = "forecast"
    hidden: int = Field(default=HIDDEN, ge=1, le=MAX_HIDDEN)


SHIPPED = tuple(ForecastSpec(cell=cell) for cell in CELLS)
PRICES = ForecastSpec(task="prices", cell="lstm")
