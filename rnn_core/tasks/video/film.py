"""A film as the networks read it: small, grey, a row of pixels a frame; and what it takes to be one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float

WIDE, HIGH = 32, 18  # pixels of a frame, whatever it had
BYTES = 16 * 2**20  # of a file
SIDE_MOST, PIXELS = 2560, 1920 * 1200  # of a frame as the file has it
LEAST, MOST = 24, 600  # frames that are read

Container: TypeAlias = Literal["gif", "mp4"]
STARTS: dict[bytes, tuple[int, Container]] = {b"GIF87a": (0, "gif"), b"GIF89a": (0, "gif"), b"ftyp": (4, "mp4")}
"""How files begin: what stands where, and what they are then."""


@dataclass(frozen=True, eq=False)
class Film:
    """T frames of 32 × 18.

    Attributes:
        frames: with values in [0, 1]; read-only.
        size: width and height of a frame in the file.
        cut: why there are no more frames: "frames", so many are read at most; "time", decoding takes no longer;
            "broken", the file is damaged after them; "" where these are all.
    """

    frames: Float[np.ndarray, "T H W"]
    size: tuple[int, int]
    cut: Literal["", "frames", "time", "broken"] = ""

    def __post_init__(self) -> None:
        self.frames.flags.writeable = False

    @property
    def pixels(self) -> Float[np.ndarray, "T P"]:
        """The frames, a row each."""
        return self.frames.reshape(len(self.frames), -1)


def container(data: bytes) -> Container | None:
    """What a file is by how it begins; None where it is neither.

    Example:
        >>> container(b"GIF89a..."), container(b"PK\\x03\\x04..."), container(b"\\0\\0\\0 ftypisom")
        ('gif', None, 'mp4')
    """
    return next((kind for sign, (at, kind) in STARTS.items() if data[at : at + len(sign)] == sign), None)
