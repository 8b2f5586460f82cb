"""Which network expects the next note."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rnn_core.quantities import CELLS, Recurrent
from rnn_core.specs import MAX_HIDDEN, MAX_SEED, Spec

HIDDEN = 96
SEEDS = (0, 1, 2)


class MusicSpec(Spec):
    """Which of the networks that expect the next note of a melody.

    Raises:
        KiokuError: an unknown field, or a value that is out of range, of the wrong type or missing.

    Example:
        >>> MusicSpec(cell="lstm").name
        'music-lstm-96-seed0'
    """

    task: Literal["music"] = "music"
    cell: Recurrent
    hidden: int = Field(default=HIDDEN, ge=1, le=MAX_HIDDEN)
    weights: Literal["trained", "fresh"] = "trained"
    seed: int = Field(default=0, ge=0, le=MAX_SEED)

    @property
    def name(self) -> str:
        """A short name for files and logs."""
        return f"{self.task}-{self.cell}-{self.hidden}-seed{self.seed}"


SHIPPED = tuple(MusicSpec(cell=cell) for cell in CELLS)
