"""A reader's own WAV file: what is taken of it, and why one is refused."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from rnn_core import runtime
from rnn_core.errors import KiokuError
from rnn_core.sound.rate import RATE, resampled

if TYPE_CHECKING:
    from numpy.typing import NDArray

SECONDS = 30  # of a recording are used
MEGABYTES = 20  # of a file: 30 seconds in stereo at 96 kHz and 24 bits are 17
LEAST = 512  # samples of 16 kHz: one step of 32 ms
RATES = (4_000, 96_000)
LOUD, MANY = 0.999, 0.01  # of full scale; of the samples: then it is clipped
BROKEN = (ValueError, struct.error, EOFError, TypeError, ZeroDivisionError, UnboundLocalError, OverflowError)


@dataclass(frozen=True, eq=False)
class Recording:
    """A sound at 16 kHz, one channel, from −1 to 1.

    Attributes:
        samples: read-only.
        cut: it was longer than what is used.
        clipped: it was recorded too loud.
    """

    samples: Float[np.ndarray, " N"]
    cut: bool = False
    clipped: bool = False

    def __post_init__(self) -> None:
        self.samples.flags.writeable = False


def read_wav(data: bytes) -> Recording:
    """What a WAV file holds: PCM of 8, 16, 24 or 32 bits or floating point, its channels mixed, its first 30 seconds.

    Raises:
        KiokuError: it is none, too large, too short or damaged, or has a rate that nobody records at.
    """
    if len(data) > MEGABYTES * 2**20:
        raise KiokuError("wav_large", limit=MEGABYTES)
    if data[:4] not in (b"RIFF", b"RIFX") or data[8:12] != b"WAVE":
        raise KiokuError("wav_kind")
    rate, values = _decoded(data)
    if not RATES[0] <= rate <= RATES[1]:
        raise KiokuError("wav_rate", given=rate, low=RATES[0], high=RATES[1])
    cut = len(values) > SECONDS * rate
    sound = _scaled(values[: SECONDS * rate])
    if not np.isfinite(sound).all():
        raise KiokuError("wav_damaged")
    sound = np.clip(sound, -1, 1)
    mixed = sound.mean(axis=1) if sound.ndim > 1 else sound
    if len(mixed) * RATE < LEAST * rate:
        raise KiokuError("wav_short")
    clipped = float(np.mean(np.abs(mixed) >= LOUD)) > MANY
    return Recording(np.clip(resampled(mixed, rate), -1, 1), cut, clipped)


def _decoded(data: bytes) -> tuple[int, NDArray[np.generic]]:
    """The rate and the numbers as they stand in the file, (N,) or (N, channels)."""
    from scipy.io import wavfile

    try:
        with runtime.unwarned(wavfile.WavFileWarning):  # of chunks that say something else than sound
            rate, values = wavfile.read(BytesIO(data))
    except BROKEN:
        raise KiokuError("wav_damaged") from None
    return int(rate), values


def _scaled(values: NDArray[np.generic]) -> NDArray[np.floating]:
    """From −1 to 1; 24 bits come in the upper ones of 32, 8 bits without a sign."""
    as_float = values.astype(np.float32)
    if values.dtype.kind == "f":
        return as_float
    if values.dtype.kind == "u":
        return (as_float - 128) / 128
    return as_float / np.float32(2 ** (8 * values.dtype.itemsize - 1))
