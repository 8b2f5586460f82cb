"""How the networks that recognise digits are trained, and what the manifest says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence

from rnn_core.models.digits import DIGITS
from rnn_core.models.family import count_parameters
from rnn_core.sound.clips import symbol
from rnn_core.sound.rate import RATE
from rnn_core.speech.digits import Worth
from rnn_core.tasks.digits import SHIPPED, SPEEDS, UNHEARD, VOICES, WORDS, DigitSpec, heard
from rnn_core.tasks.sentiment import Count
from rnn_core.training import manifests
from rnn_core.training.espeak import spoken
from rnn_core.training.spec import TrainSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.models.digits import DigitClassifier
    from rnn_core.models.family import Family

VARIANTS = 2  # of each recording that is learned from
STRETCH, DECIBELS, SILENCE, NOISE = (0.8, 1.25), (-14.0, 4.0), 0.25, (-65.0, -30.0)  # seconds; dB of full scale
RECORDINGS = len(VOICES) * len(SPEEDS) * len(WORDS) * VARIANTS  # that are learned from
RECORDED = "recorded"  # the voice of the package captcha


@dataclass(frozen=True, eq=False)
class Spoken:
    """N recordings, filled up to T frames, and which digit each says.

    Attributes:
        voices: who says each of them.
    """

    bands: Float[Tensor, "N T M"]
    lengths: Int[Tensor, " N"]
    labels: Int[Tensor, " N"]
    voices: tuple[str, ...]

    def __len__(self) -> int:
        """N, the number of recordings."""
        return len(self.bands)

    def take(self, which: Int[Tensor, " B"]) -> Spoken:
        """Some of them, filled up only as far as these need it."""
        lengths = self.lengths[which]
        voices = tuple(self.voices[int(n)] for n in which)
        return Spoken(self.bands[which, : int(lengths.max())], lengths, self.labels[which], voices)


class Entry(manifests.Line):
    """What the manifest says of one network.

    Attributes:
        accuracy: the share that it gets right at the end of a recording, of the synthetic voices that it never heard.
        right: how many it gets right of each voice, the recorded one among them.
        confusion: of the recorded voice, by the digit that is spoken: what is answered.
        parameters: how many numbers it learned.
    """

    accuracy: float
    right: dict[str, int]
    confusion: list[int]
    parameters: int


class Manifest(manifests.Head):
    """How the networks were made, and what they are worth on voices that they never heard.

    `voices` are those that were learned from, `recordings` how many there are of each voice.
    """

    voices: list[str]
    recordings: dict[str, int]
    models: dict[str, Entry]


def recipe(spec: DigitSpec) -> TrainSpec:
    """How a network is trained: all alike."""
    return TrainSpec(epochs=40, batch=64, rate=0.004, seed=spec.seed)


def family_of(_: DigitSpec) -> Family[DigitSpec, DigitClassifier]:
    """The row of their kind."""
    return DIGITS


def made_from() -> dict[str, object]:
    """What the manifest says of the data."""
    each = len(WORDS) * len(SPEEDS)
    return {"voices": list(VOICES), "recordings": dict.fromkeys(UNHEARD, each) | {RECORDED: len(WORDS)}}


@cache
def _learned() -> Spoken:
    generator = np.random.default_rng(0)
    said = [
        (varied(recording, generator), digit, voice)
        for recording, digit, voice in synthetic(VOICES)
        for _ in range(VARIANTS)
    ]
    return together(said)


def learned(_: DigitSpec) -> Spoken:
    """What a network learns from."""
    return _learned()


@cache
def _held_out() -> Spoken:
    recorded = [(symbol(str(digit)), digit, RECORDED) for digit in range(len(WORDS))]
    return together([*synthetic(UNHEARD), *recorded])


def held_out(_: DigitSpec) -> Spoken:
    """What it is measured on."""
    return _held_out()


def synthetic(voices: Sequence[str]) -> list[tuple[Float[np.ndarray, " _"], int, str]]:
    """Every digit by every voice at every speed."""
    return [
        (spoken(word, voice, speed), digit, voice)
        for voice in voices
        for speed in SPEEDS
        for digit, word in enumerate(WORDS)
    ]


def varied(
    samples: Float[np.ndarray, " N"], generator: np.random.Generator, pause: float = SILENCE
) -> Float[np.ndarray, " M"]:
    """The same recording as it could be too: faster and higher or slower and lower, louder or softer, in some noise,
    and after a moment of silence, of `pause` seconds at most."""
    from scipy.signal import resample

    length = int(len(samples) / generator.uniform(*STRETCH))
    louder = 10 ** (generator.uniform(*DECIBELS) / 20)
    silence = [np.zeros(int(generator.uniform(0, pause) * RATE)) for _ in range(2)]
    whole = np.concatenate([silence[0], resample(samples, length) * louder, silence[1]])
    noise = 10 ** (generator.uniform(*NOISE) / 20)
    return np.asarray(whole + noise * generator.standard_normal(len(whole)), np.float32)


def together(said: Sequence[tuple[Float[np.ndarray, " _"], int, str]]) -> Spoken:
    """Recordings as a network gets them."""
    bands = [torch.from_numpy(heard(recording)) for recording, _, _ in said]
    lengths = torch.tensor([len(one) for one in bands])
    labels = torch.tensor([digit for _, digit, _ in said])
    return Spoken(pad_sequence(bands, batch_first=True), lengths, labels, tuple(voice for _, _, voice in said))


def digit_loss(
    model: DigitClassifier, batch: Spoken, _spec: TrainSpec, _generator: torch.Generator
) -> Float[Tensor, ""]:
    """The mean of −log p of the right digit over all moments of all recordings; later ones count for more."""
    scores = model(batch.bands)  # (B, T, K)
    steps = torch.arange(scores.shape[1])
    weight = torch.where(steps < batch.lengths[:, None], (steps + 1) / batch.lengths[:, None], 0) ** 2  # (B, T)
    targets = batch.labels[:, None].expand(-1, scores.shape[1])
    each = cross_entropy(scores.transpose(1, 2), targets, reduction="none")  # (B, T)
    return (each * weight).sum() / weight.sum()


def kind(spec: DigitSpec) -> str:
    """What its card says that a network is built of."""
    return f"digits_{spec.cell}"


def objective(_: DigitSpec) -> str:
    """What its card says was minimised."""
    return "digit"


def count_recordings(_: DigitSpec, __: Mapping[str, Any]) -> int:
    """How many recordings a network learns from."""
    return RECORDINGS


def right(_: DigitSpec, line: Mapping[str, Any], manifest: Mapping[str, Any]) -> Count:
    """The recordings of the synthetic voices that it never heard, and those of them that it told right."""
    return Count(
        sum(line["right"][voice] for voice in UNHEARD), sum(manifest["recordings"][voice] for voice in UNHEARD)
    )


def score(model: DigitClassifier, held_out: Spoken) -> Mapping[str, object]:
    """What the line of a network says of its answers."""
    with torch.inference_mode():
        scores = model(held_out.bands)
    said = scores[torch.arange(len(held_out)), held_out.lengths - 1].argmax(dim=-1)
    right = (said == held_out.labels).tolist()
    voices = dict.fromkeys(held_out.voices)
    counts = {one: sum(ok for ok, by in zip(right, held_out.voices, strict=True) if by == one) for one in voices}
    synthetic = [ok for ok, by in zip(right, held_out.voices, strict=True) if by != RECORDED]
    recorded = {int(held_out.labels[n]): int(said[n]) for n, by in enumerate(held_out.voices) if by == RECORDED}
    return {
        "accuracy": sum(synthetic) / len(synthetic),
        "right": counts,
        "confusion": [recorded[digit] for digit in range(len(WORDS))],
        "parameters": count_parameters(model, ()),
    }


def worth(made: Manifest) -> tuple[Worth, ...]:
    """What the networks are worth, by their manifest."""
    of, found = made["recordings"], []
    for spec in SHIPPED:
        line = made["models"][spec.name]
        rows = tuple((voice, line["right"][voice], of[voice]) for voice in UNHEARD)
        found.append(Worth(spec, rows, (line["right"][RECORDED], of[RECORDED]), tuple(line["confusion"])))
    return tuple(found)
