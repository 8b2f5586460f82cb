"""A sound of the reader's as what a network reads: its own frames where they are known, else mel bands."""

from __future__ import annotations

import hashlib

import numpy as np
import torch

from rnn_core.errors import KiokuError
from rnn_core.own.inputs import Inputs
from rnn_core.own.limits import MOST_INPUT_MEGABYTES, MOST_STEPS
from rnn_core.sound.spectrogram import log_mel
from rnn_core.sound.wav import read_wav

DETECTOR = "file:silero"
MOST_BANDS = 128  # more are narrower than what the spectrogram tells apart


def read_sound(content: bytes, file: str, width: int) -> Inputs:
    """The frames of a WAV file, as many as are read, for a network that receives `width` numbers a step.

    For the detector of speech what its own layers give its LSTM, every 32 ms; for another network the decibels in as
    many mel bands, every 16 ms, brought to mean 0 and deviation 1.

    Args:
        content: the file.
        file: whose network reads it: `file:<…>`.
        width: how many numbers it receives.

    Raises:
        KiokuError: what `read_wav` refuses, or a network that receives more numbers than there are bands.
    """
    if len(content) > MOST_INPUT_MEGABYTES << 20:
        raise KiokuError("own_large", most=MOST_INPUT_MEGABYTES)
    sound = read_wav(content)
    if file == DETECTOR:
        from rnn_core.speech.detector import load_detector, windows_of

        windows = windows_of(sound.samples)
        steps = len(windows)
        with torch.inference_mode():
            numbers = load_detector().features(windows[:MOST_STEPS]).numpy()
    else:
        if width > MOST_BANDS:
            raise KiokuError("own_bands", given=width, most=MOST_BANDS)
        frames = log_mel(sound.samples, width)
        steps, numbers = len(frames), frames[:MOST_STEPS]
        numbers = ((numbers - numbers.mean()) / max(float(numbers.std()), 1.0)).astype(np.float32)
    name = hashlib.sha256(content + f"{file} {width}".encode()).hexdigest()[:16]
    return Inputs(name, numbers, sound.cut or steps > MOST_STEPS, "detector" if file == DETECTOR else "mel")
