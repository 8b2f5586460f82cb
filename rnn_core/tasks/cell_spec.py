"""What specs have in common whose task every cell learns with one recurrent layer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rnn_core.quantities import Recurrent
from rnn_core.specs import MAX_HIDDEN, MAX_SEED, Spec


class CellSpec(Spec):
    """Which network of such a task; the task's own spec names it and its usual size.

    Raises:
        KiokuError: an unknown field, or a value that is out of range, of the wrong type or missing.
    """

    task: str
    cell: Recurrent
    hidden: int = Field(ge=1, le=MAX_HIDDEN)
    weights: Literal["trained", "fresh"] = "trained"
    seed: int = Field(default=0, ge=0, le=MAX_SEED)

    @property
    def name(self) -> str:
        """A short name for files and logs."""
        return f"{self.task}-{self.cell}-{self.hidden}-seed{self.seed}"
