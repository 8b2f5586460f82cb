"""Sounds that are there without a microphone."""

from __future__ import annotations

import wave
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.sound.rate import resampled

if TYPE_CHECKING:
    from jaxtyping import Float


@cache
def symbol(name: str) -> Float[np.ndarray, " N"]:
    """A digit or a capital letter, spoken by the voice of the package captcha, at 16 kHz."""
    spec = find_spec("captcha")
    if spec is None or spec.origin is None:
        raise KiokuError("package_missing", package="captcha")
    with wave.open(str(Path(spec.origin).parent / "data" / name / "default.wav")) as file:
        rate, raw = file.getframerate(), file.readframes(file.getnframes())
    return resampled((np.frombuffer(raw, np.uint8).astype(np.float32) - 128) / 128, rate)
