"""A melody as sound: each note a few sines, the higher ones softer and sooner gone; and sound as a WAV file."""

from __future__ import annotations

import wave
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

if TYPE_CHECKING:
    from collections.abc import Iterable


NOTE_RATE = 12_000  # samples a second: room for five harmonics of the highest note, and little to send
HARMONICS = 5
ATTACK, RELEASE = 0.008, 0.03  # seconds: without them each note would begin and end with a click
FADE = 1.6  # by which power of e the first harmonic dies away in a second, the second twice as fast, and so on
LOUD = 0.6  # of full scale


def frequency(pitch: int) -> float:
    """Of a note by its number in MIDI, in Hz, in equal temperament from 440 Hz for A.

    Example:
        >>> frequency(69), round(frequency(60), 2)
        (440.0, 261.63)
    """
    return float(440 * 2 ** ((pitch - 69) / 12))


def render(notes: Iterable[tuple[int, float]]) -> Float[np.ndarray, " N"]:
    """Notes one after the other, from −1 to 1 at `NOTE_RATE`.

    Args:
        notes: the pitch of each, as MIDI numbers it, and how many seconds it lasts.

    Example:
        >>> len(render([(60, 0.5), (64, 0.25)])) == int(0.75 * NOTE_RATE)
        True
    """
    ends, parts, begun = 0.0, [], 0
    for pitch, seconds in notes:
        ends += seconds
        parts.append(_note(frequency(pitch), round(ends * NOTE_RATE) - begun))
        begun = round(ends * NOTE_RATE)
    whole = np.concatenate(parts) if parts else np.zeros(0)
    loudest = float(np.abs(whole).max()) if len(whole) else 0.0
    return np.asarray(whole * (LOUD / (loudest or 1.0)), np.float32)


def _note(pitch: float, samples: int) -> Float[np.ndarray, " N"]:
    times = np.arange(samples) / NOTE_RATE
    above = [k for k in range(1, HARMONICS + 1) if k * pitch < NOTE_RATE / 2]
    parts = [np.sin(2 * np.pi * k * pitch * times) * np.exp(-FADE * k * times) / k**1.5 for k in above]
    shape = np.minimum(1, times / ATTACK) * np.minimum(1, times[::-1] / RELEASE)
    return np.asarray(np.sum(parts, axis=0) * shape)


def wav_bytes(samples: Float[np.ndarray, " N"], rate: int = NOTE_RATE) -> bytes:
    """A sound from −1 to 1 as a WAV file of one channel and 16 bits."""
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()
