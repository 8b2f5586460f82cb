"""A spoken digit as it is recognised: the answer at every moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from rnn_core.models import registry
from rnn_core.models.digits import DIGITS
from rnn_core.sound.clips import STEP, symbol
from rnn_core.sound.rate import RATE
from rnn_core.specs import ModelSpec
from rnn_core.speech.facts import HALF
from rnn_core.tasks.digits import BANDS, WORDS, DigitSpec, heard, silence

LONGEST, PEAK = 3, 0.5  # seconds of a word; of full scale, its loudest moment
PAUSE = 20  # moments of silence after it for a network of a run: it learned to answer when it is over
Recogniser: TypeAlias = DigitSpec | ModelSpec
"""Which network: a shipped one, or what a reader has trained for the same task."""


@dataclass(frozen=True, eq=False)
class Answers:
    """What a network answers while it hears a recording.

    Attributes:
        spec: which network.
        shares: the probability of each digit at each moment, (T, 10); read-only.
        digit: which one is spoken; None where nobody has said.
    """

    spec: Recogniser
    shares: Float[np.ndarray, "T K"]
    digit: int | None = None

    def __post_init__(self) -> None:
        self.shares.flags.writeable = False

    @property
    def last(self) -> int:
        """Its answer at the end."""
        return int(self.shares[-1].argmax())

    @property
    def settled(self) -> int:
        """The moment (0-based) from which on its answer is the last one."""
        said = self.shares.argmax(axis=1)
        other = (said != said[-1]).nonzero()[0]
        return int(other[-1]) + 1 if other.size else 0


def answered(spec: Recogniser, samples: Float[np.ndarray, " N"], digit: int | None = None) -> Answers:
    """What a network answers while it hears a sound at 16 kHz.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    bands = torch.from_numpy(heard(samples))
    with torch.inference_mode():
        shares = torch.softmax(_scores(spec, bands), dim=-1)  # (T, K)
    return Answers(spec, shares.numpy(), digit)


def _scores(spec: Recogniser, bands: Float[Tensor, "T M"]) -> Float[Tensor, "S K"]:
    """The scores before softmax, of a run's network after the last moment too."""
    if isinstance(spec, DigitSpec):
        scores: Tensor = DIGITS.memoized(spec)(bands[None])[0]
        return scores
    model = registry.RECURRENT.memoized(spec)
    pause = torch.full((PAUSE, BANDS), silence())
    return model.scores(model.recurrent(torch.cat([bands, pause]))[0])


def word_of(samples: Float[np.ndarray, " N"], speech: Float[np.ndarray, " T"]) -> Float[np.ndarray, " M"]:
    """The longest word of a recording, as the voice detector hears it, `LONGEST` seconds at most, as loud as `PEAK`.

    Where no speech is heard it is the beginning of the recording.

    Args:
        samples: the recording.
        speech: the probability of speech at each of its steps.
    """
    edges = np.diff(np.r_[0, (speech >= HALF).astype(int), 0])
    begins, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    longest = int((ends - begins).argmax()) if begins.size else 0
    begin, end = (int(begins[longest]) - 1, int(ends[longest]) + 1) if begins.size else (0, len(speech))
    word = samples[max(begin, 0) * STEP : end * STEP][: LONGEST * RATE]
    loudest = float(np.abs(word).max(initial=0))
    return np.asarray(word * (PEAK / loudest) if loudest else word, np.float32)


def recorded(spec: Recogniser, digit: int) -> Answers:
    """The same of the recorded voice, which no shipped network has learned from.

    Raises:
        KiokuError: the package of the voice is not there; and what `answered` raises.
    """
    return answered(spec, symbol(str(digit)), digit)


@dataclass(frozen=True)
class Worth:
    """What one network is worth on voices that it never heard.

    Attributes:
        spec: which network.
        right: how many recordings it gets right of each synthetic voice, and of how many; () where these are not there.
        recorded: the same of the recorded voice, from which a run of the lab has learned.
        confusion: of the recorded voice, by the digit that is spoken, what is answered.
    """

    spec: Recogniser
    right: tuple[tuple[str, int, int], ...]
    recorded: tuple[int, int]
    confusion: tuple[int, ...]

    @property
    def answers(self) -> Float[np.ndarray, "K K"]:
        """Of the recorded voice, 1 where a spoken digit (row) got an answer (column)."""
        found: Float[np.ndarray, "K K"] = np.eye(len(self.confusion))[list(self.confusion)]
        return found

    @property
    def together(self) -> tuple[int, int]:
        """How many of all synthetic recordings it gets right, and of how many."""
        return sum(right for _, right, _ in self.right), sum(of for _, _, of in self.right)


def measure(spec: ModelSpec) -> Worth:
    """What the network of a run is worth on the recordings as they are, from whose variants it has learned.

    Raises:
        KiokuError: what `recorded` raises.
    """
    said = tuple(recorded(spec, digit).last for digit in range(len(WORDS)))
    return Worth(spec, (), (sum(map(int.__eq__, said, range(len(WORDS)))), len(WORDS)), said)
