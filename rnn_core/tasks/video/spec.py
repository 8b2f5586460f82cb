"""Which network predicts the next frame, and how large a frame is."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rnn_core.quantities import CELLS
from rnn_core.specs import MAX_HIDDEN
from rnn_core.tasks.cell_spec import CellSpec

SIDE, DIGIT = 16, 8  # pixels: of a frame, and of the digit in it
PLACES = SIDE - DIGIT + 1  # that the digit's corner can have, along each side
FRAMES = 16  # of a clip
HIDDEN = 96
DRAWN = ("forget_gate", "update_gate", "cell_state", "hidden_state")
"""The quantities that are drawn under a clip, where a screen holds no more."""


class VideoSpec(CellSpec):
    """Which of the networks that predict the next frame of a moving digit.

    Raises:
        KiokuError: an unknown field, or a value that is out of range, of the wrong type or missing.

    Example:
        >>> VideoSpec(cell="gru").name
        'video-gru-96-seed0'
    """

    task: Literal["video"] = "video"
    hidden: int = Field(default=HIDDEN, ge=1, le=MAX_HIDDEN)


SHIPPED = tuple(VideoSpec(cell=cell) for cell in CELLS)
