"""Ten spoken English digits: what a network hears of them, and who says them.

It learns from synthetic voices only, at three speeds, and is tried on synthetic voices that it never heard and on a
recorded one. What it hears causes its answer at every moment: nothing is taken from what is still to come.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from jaxtyping import Float
from pydantic import Field

from rnn_core.sound.spectrogram import log_mel
from rnn_core.specs import MAX_HIDDEN
from rnn_core.tasks.cell_spec import CellSpec
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
BANDS, HIGHEST = 24, 3800.0  # what a telephone carries, and an old recording
QUIET, MIDDLE, SPREAD = -75.0, -55.0, 15.0  # decibels: what is quieter is silence; and of speech, about
VOICES = (
    *("m1", "m2", "m3", "m4", "m5", "m6", "f1", "f2", "f3", "f4", "f5", "klatt", "klatt2", "klatt3", "Andy", "Alicia"),
    *("Michael", "steph", "linda", "grandma", "grandpa", "ed", "adam", "john", "caleb", "zac", "shelby", "michel"),
)
"""Of the synthesiser espeak-ng: those that are learned from."""
UNHEARD = ("m7", "m8", "Annie", "belinda", "klatt4")
"""And those that only measure."""
SPEEDS = (140, 175, 210)  # words a minute


class DigitSpec(CellSpec):
    """Which network that recognises a spoken digit.

    Raises:
        KiokuError: an unknown field, or a value that is out of range or of the wrong type.

    Example:
        >>> DigitSpec(cell="gru").name
        'digits-gru-48-seed0'
    """

    task: Literal["digits"] = "digits"
    hidden: int = Field(default=48, ge=1, le=MAX_HIDDEN)


SHIPPED = tuple(DigitSpec(cell=cell) for cell in ("rnn", "lstm", "gru"))


def heard(samples: Float[np.ndarray, " N"]) -> Float[np.ndarray, "T M"]:
    """What a network gets of a sound at 16 kHz: 24 bands every 16 ms, in decibels, about 0 ± 1 for speech."""
    bands = np.maximum(log_mel(samples, BANDS, HIGHEST), QUIET)
    return np.asarray((bands - MIDDLE) / SPREAD, np.float32)


def silence() -> float:
    """What is heard in each band when there is nothing."""
    return (QUIET - MIDDLE) / SPREAD


def tokenizer(_spec: DigitSpec) -> Tokenizer:
    """What the networks can answer."""
    return Tokenizer(Vocabulary(()), WORDS)
