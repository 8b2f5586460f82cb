"""What is predicted of the next frame without a network: the last one, its pixels carried on, or its light moved on."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from rnn_core.statistics.frames import centres

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Baseline: TypeAlias = Literal["copy", "linear", "moved"]


def copy_last(frames: Float[np.ndarray, "N T S W"]) -> Float[np.ndarray, "N T S W"]:
    """After each frame: the next one is the same."""
    return frames


def extrapolate(frames: Float[np.ndarray, "N T S W"]) -> Float[np.ndarray, "N T S W"]:
    """Each pixel goes on changing as it just did, within [0, 1]; after the first frame, the same."""
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    return np.asarray(np.clip(2 * frames - before, 0, 1))


def move_on(frames: Float[np.ndarray, "N T S W"]) -> Float[np.ndarray, "N T S W"]:
    """The whole frame is moved as its centre just moved, in whole pixels; what comes in from an edge is black."""
    flat = frames.reshape(*frames.shape[:2], -1)
    moved = np.diff(centres(flat, frames.shape[-1]), axis=1, prepend=np.nan)  # (N, T, 2)
    steps = np.rint(np.nan_to_num(moved)).astype(int)
    return _shift(frames, steps)


def _shift(frames: Float[np.ndarray, "N T S W"], steps: np.ndarray) -> Float[np.ndarray, "N T S W"]:
    high, wide = frames.shape[-2:]
    rows = np.arange(high) - steps[..., :1]  # (N, T, S): from where each row comes
    columns = np.arange(wide) - steps[..., 1:]
    there = ((rows >= 0) & (rows < high))[..., :, None] & ((columns >= 0) & (columns < wide))[..., None, :]
    found = np.take_along_axis(frames, np.clip(rows, 0, high - 1)[..., :, None], axis=-2)
    found = np.take_along_axis(found, np.clip(columns, 0, wide - 1)[..., None, :], axis=-1)
    return np.where(there, found, 0)


BASELINES: Mapping[Baseline, Callable[[np.ndarray], np.ndarray]] = MappingProxyType(
    {"copy": copy_last, "linear": extrapolate, "moved": move_on}
)


def roll_on(name: Baseline, frames: Float[np.ndarray, "T S W"], steps: int) -> Float[np.ndarray, "K S W"]:
    """What a baseline says of so many frames to come, each from those that it has said before."""
    seen = frames[-2:]
    for _ in range(steps):
        seen = np.concatenate([seen, BASELINES[name](seen[None, -2:])[0, -1:]])
    return seen[len(frames[-2:]) :]
