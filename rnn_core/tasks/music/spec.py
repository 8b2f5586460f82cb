"""Which network expects the next note."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rnn_core.quantities import CELLS
from rnn_core.specs import MAX_HIDDEN
from rnn_core.tasks.cell_spec import CellSpec

HIDDEN = 96
SEEDS = (0, 1, 2)


class MusicSpec(CellSpec):
    """Which of the networks that expect the next note of a melody.

    Raises:
        KiokuError: an unknown field, or a value that is out of range, of the wrong type or missing.

    Example:
        >>> MusicSpec(cell="lstm").name
        'music-lstm-96-seed0'
    """

    task: Literal["music"] = "music"
    hidden: int = Field(default=HIDDEN, ge=1, le=MAX_HIDDEN)


SHIPPED = tuple(MusicSpec(cell=cell) for cell in CELLS)
