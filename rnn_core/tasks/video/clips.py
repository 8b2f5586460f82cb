"""The clips that are shown: a digit that nobody learned from, on a known path, and what happens in each frame."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from jaxtyping import Float, Int

from rnn_core.errors import KiokuError
from rnn_core.tasks.video.images import unseen_digit
from rnn_core.tasks.video.motion import bounce, render, still
from rnn_core.tasks.video.spec import FRAMES, PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind: TypeAlias = Literal["bounce", "hidden", "change", "own"]
Event: TypeAlias = Literal["unknown", "bounce", "gone", "back", "change", "none"]
"""What a frame has that the one before it had not: at first the direction is unknown."""
KINDS: tuple[Kind, ...] = ("bounce", "hidden", "change", "own")
PATH = rf"([0-{PLACES - 1}]{{2}}){{{FRAMES}}}"
"""A path as a text: two digits a frame, the row and the column of the digit's corner."""
ACROSS = "".join(f"4{column}" for column in (0, 2, 4, 6, 8, 6, 4, 2) * 2)
"""A path until the reader has drawn one."""
STARTS: Mapping[Kind, tuple[tuple[int, int], tuple[int, int]]] = MappingProxyType(
    {"bounce": ((5, 0), (1, 1)), "hidden": ((6, 7), (-1, -1)), "change": ((6, 3), (-1, 1))}
)
"""Where the digit begins, and its step."""
HIDDEN = (8, 11)  # in these frames nothing is seen, 0-based, the last one not counted
CHANGED = 10  # from this frame on it is another digit


@dataclass(frozen=True, eq=False)
class Clip:
    """T frames.

    Attributes:
        frames: with values in [0, 1]; read-only.
        places: where the digit's corner is, seen or not.
        events: what each frame has that is new.
    """

    frames: Float[np.ndarray, "T S S"]
    places: Int[np.ndarray, "T 2"]
    events: tuple[Event, ...]

    def __post_init__(self) -> None:
        self.frames.flags.writeable = False

    @property
    def pixels(self) -> Float[np.ndarray, "T P"]:
        """The frames as a network reads them, a row each."""
        return self.frames.reshape(len(self.frames), -1)


def make_clip(kind: Kind, digit: int, path: str = ACROSS) -> Clip:
    """The clip of this kind with a digit, 0 to 9.

    Args:
        kind: what happens in it.
        digit: which one moves.
        path: where, of the reader's own.

    Raises:
        KiokuError: the path is none.
    """
    places = read_path(path) if kind == "own" else _places(kind)
    images = still(unseen_digit(digit)[None], FRAMES).copy()
    if kind == "change":
        images[:, CHANGED:] = unseen_digit(9 - digit)
    frames = render(images, places[None])[0]
    if kind == "hidden":
        frames[slice(*HIDDEN)] = 0
    return Clip(frames, places, _events(kind, places))


def read_path(path: str) -> Int[np.ndarray, "T 2"]:
    """The places that a path names.

    Raises:
        KiokuError: it is none.

    Example:
        >>> read_path("00" * 15 + "48")[-1].tolist()
        [4, 8]
    """
    if not re.fullmatch(PATH, path):
        raise KiokuError("video_path", given=path, frames=FRAMES, last=PLACES - 1)
    return np.array([int(digit) for digit in path]).reshape(FRAMES, 2)


def _places(kind: Kind) -> Int[np.ndarray, "T 2"]:
    start, step = STARTS[kind]
    return np.asarray(bounce(np.array([start]), np.array([step]), FRAMES)[0][0])


def _events(kind: Kind, places: Int[np.ndarray, "T 2"]) -> tuple[Event, ...]:
    steps = np.diff(places, axis=0)  # (T − 1, 2)
    before, after = steps[:-1], steps[1:]
    # the step to frame 2 … T − 1 is in another direction, or there is none where there was one
    turned: list[bool] = ((before * after < 0) | ((before != 0) & (after == 0))).any(axis=1).tolist()
    found: list[Event] = ["unknown", "unknown", *("bounce" if one else "none" for one in turned)]
    if kind == "hidden":
        found[HIDDEN[0] : HIDDEN[1] + 1] = ["gone", *["none"] * (HIDDEN[1] - HIDDEN[0] - 1), "back"]  # type: ignore[list-item]  # events
    if kind == "change":
        found[CHANGED] = "change"
    return tuple(found)
