"""Sounds that are there without a microphone, and where in them somebody speaks."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Bool, Float

from rnn_core import checkout
from rnn_core.errors import KiokuError
from rnn_core.sound.rate import RATE, resampled

Clip: TypeAlias = Literal["digits", "letters", "japanese", "music", "tone", "noise", "silence"]
CLIPS: tuple[Clip, ...] = ("digits", "letters", "japanese", "music", "tone", "noise", "silence")
WEATHER = Path(__file__).parent / "data" / "weather.wav"
SPELT = {"digits": "352", "letters": "RNN"}
PAUSE, AROUND, WITHOUT = 0.5, 0.5, 3.0  # seconds: between two words, before and after all, of a sound without speech
STEP = 512  # samples of a step of 32 ms
AUDIBLE, JOINED = 0.03, 3  # of the loudest step; so few softer steps between two that are heard belong to them
MELODY = (60, 62, 64, 65, 64, 62, 60)  # the first line of a round that everybody may sing: MIDI's numbers
BEAT, HARMONICS = 0.4, 6


@dataclass(frozen=True, eq=False)
class Scene:
    """A sound at 16 kHz.

    Attributes:
        samples: from −1 to 1; read-only.
        spoken: at which steps of 32 ms somebody speaks, (T,); None where nobody has said.
    """

    samples: Float[np.ndarray, " N"]
    spoken: Bool[np.ndarray, " T"] | None = None

    def __post_init__(self) -> None:
        self.samples.flags.writeable = False


@cache
def symbol(name: str) -> Float[np.ndarray, " N"]:
    """A digit or a capital letter, spoken by the voice of the package captcha, at 16 kHz.

    Raises:
        KiokuError: the package is not there.
    """
    spec = find_spec("captcha")
    if spec is None or spec.origin is None:
        raise KiokuError("package_missing", what=f"{name}/default.wav", package="captcha")
    return _mono((Path(spec.origin).parent / "data" / name / "default.wav").read_bytes())


@cache
def scene(name: Clip) -> Scene:
    """One of the clips.

    Raises:
        KiokuError: the file that it is in is missing or damaged, or its package is.
    """
    if name in SPELT:
        return _spoken([symbol(one) for one in SPELT[name]])
    if name == "japanese":
        return _spoken([checkout.data(WEATHER, _mono)])
    samples = {"music": _music, "tone": _tone, "noise": _noise, "silence": _silence}[name]().astype(np.float32)
    return Scene(samples, np.zeros(-(-len(samples) // STEP), bool))


def audible(samples: Float[np.ndarray, " N"]) -> Bool[np.ndarray, " T"]:
    """At which steps of 32 ms a clean recording has sound: louder than 3 % of its loudest step, short gaps closed."""
    whole = np.zeros(-(-len(samples) // STEP) * STEP)
    whole[: len(samples)] = samples
    loud = np.sqrt((whole.reshape(-1, STEP) ** 2).mean(axis=1))
    heard: Bool[np.ndarray, " T"] = loud > AUDIBLE * loud.max()
    at = np.flatnonzero(heard)
    for one, other in pairwise(at):
        if other - one <= JOINED + 1:
            heard[one:other] = True
    return heard


def _spoken(words: list[Float[np.ndarray, " _"]]) -> Scene:
    """Words one after the other, with pauses."""
    pause, around = (np.zeros(int(seconds * RATE), np.float32) for seconds in (PAUSE, AROUND))
    between = [part for word in words for part in (word, pause)][:-1]
    samples = np.concatenate([around, *between, around])
    return Scene(samples, audible(samples))


def _mono(content: bytes) -> Float[np.ndarray, " N"]:
    """A file of ours or of the package: one channel of 8 or 16 bits.

    Raises:
        ValueError: it is something else, or not all of it.
    """
    try:
        with wave.open(BytesIO(content)) as file:
            rate, count, wide = file.getframerate(), file.getnframes(), file.getsampwidth() == 2
            raw = file.readframes(count)
    except (wave.Error, EOFError) as error:
        raise ValueError("no WAV file") from error
    if len(raw) < count * (1 + wide):
        raise ValueError("a WAV file that was cut off")
    values = np.frombuffer(raw, "<i2") / 2**15 if wide else (np.frombuffer(raw, np.uint8).astype(float) - 128) / 128
    return resampled(values, rate)


def _times(seconds: float) -> Float[np.ndarray, " N"]:
    return np.arange(int(seconds * RATE)) / RATE


def _tone() -> Float[np.ndarray, " N"]:
    return 0.3 * np.sin(2 * np.pi * 440 * _times(WITHOUT))


def _noise() -> Float[np.ndarray, " N"]:
    return 0.1 * np.random.default_rng(0).standard_normal(int(WITHOUT * RATE))


def _silence() -> Float[np.ndarray, " N"]:
    return np.zeros(int(WITHOUT * RATE))


def _music() -> Float[np.ndarray, " N"]:
    """A plucked string: each note with its harmonics, the higher ones softer, all dying away."""
    times = _times(BEAT)
    notes = []
    for number in MELODY:
        pitch = 440 * 2 ** ((number - 69) / 12)
        parts = [np.sin(2 * np.pi * k * pitch * times) * np.exp(-4 * k * times) / k for k in range(1, HARMONICS + 1)]
        notes.append(np.sum(parts, axis=0) * np.minimum(1, times * 200))
    whole: Float[np.ndarray, " N"] = np.concatenate(notes)
    loudest = float(np.abs(whole).max())
    return whole * (0.5 / loudest)
