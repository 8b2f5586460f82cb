"""How the networks that expect the next note are trained, and what the manifest says of them."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence
from typing_extensions import TypedDict

from rnn_core.models.composing import encode
from rnn_core.models.family import Family, count_parameters
from rnn_core.models.melody import EDGE, MELODIES, MelodyModel
from rnn_core.statistics import intervals, ngrams
from rnn_core.tasks.music.melodies import FILE, LENGTHS, PITCHES, Melody, split
from rnn_core.tasks.music.spec import SEEDS, SHIPPED, MusicSpec
from rnn_core.training import manifests
from rnn_core.training.plateau import Plateau, PlateauSpec
from rnn_core.training.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rnn_core.training.spec import TrainSpec

NOTHING = -100
"""What is no target: what is filled up, and the length of what follows the last note."""
DROPPED = 0.3  # of what comes into the recurrent layer, and of its states, while it learns
ORDERS = (1, 2, 3, 4)
Interval: TypeAlias = tuple[float, float]
"""The 95 % interval of a perplexity, the melodies drawn again."""


@dataclass(frozen=True, eq=False)
class Lines:
    """M melodies, filled up to T steps: before the first note stands the edge, after the last it is expected."""

    pitches: Int[Tensor, "M T"]
    lengths: Int[Tensor, "M T"]
    next_pitches: Int[Tensor, "M T"]
    next_lengths: Int[Tensor, "M T"]

    def __len__(self) -> int:
        """M."""
        return len(self.pitches)

    def take(self, which: Int[Tensor, " B"]) -> Lines:
        """Some of them, filled up only as far as these need it."""
        longest = int((self.next_pitches[which] != NOTHING).sum(dim=1).max())
        every = (self.pitches, self.lengths, self.next_pitches, self.next_lengths)
        return Lines(*(one[which, :longest] for one in every))


class Worth(TypedDict):
    """A perplexity by note, the end among them, and its interval."""

    perplexity: float
    interval: Interval


class Part(TypedDict):
    """Of some of the test lines: how many there are, and the perplexity on them."""

    lines: int
    perplexity: float


class Hardest(TypedDict):
    """The test line that a network expects least."""

    name: str
    perplexity: float


class Entry(manifests.Line):
    """What the manifest says of one network, on the test lines and with the weights as they are shipped.

    Attributes:
        perplexity, interval: by note.
        pitch: the perplexity of the pitches alone.
        decisions: of so many notes, so many were the most probable ones, pitch and length.
        alike: of the lines that begin like one that was learned, and of the others.
        hardest: where it fails.
        parameters: how many numbers are learned.
        steps: updates in training.
        plateau: how it ended.
    """

    perplexity: float
    interval: Interval
    pitch: float
    decisions: dict[str, int]
    alike: dict[str, Part]
    hardest: Hardest
    parameters: int
    steps: int
    plateau: Plateau


class Manifest(manifests.Head):
    """How the networks were made, and what they and counting are worth on the test lines."""

    melodies: str
    lines: dict[str, int]
    ngrams: dict[str, Worth]
    models: dict[str, Entry]


def family_of(_: MusicSpec) -> Family[MusicSpec, MelodyModel]:
    """The row of their kind."""
    return MELODIES


def recipe(spec: MusicSpec) -> PlateauSpec:
    """How a network is trained: all alike, until the validation lines are no longer expected better."""
    rate = {"rnn": 0.002, "lstm": 0.005, "gru": 0.003}[spec.cell]
    return PlateauSpec(epochs=160, batch=16, rate=rate, look_every=18, patience=6, seed=spec.seed)


def lines(melodies: Sequence[Melody]) -> Lines:
    """Melodies as a network reads them."""
    pitches, lengths = zip(*(encode(one.notes) for one in melodies), strict=True)
    end, none = torch.tensor([EDGE]), torch.tensor([NOTHING])
    return Lines(
        pad_sequence(list(pitches), batch_first=True, padding_value=EDGE),
        pad_sequence(list(lengths), batch_first=True),
        pad_sequence([torch.cat([one[1:], end]) for one in pitches], batch_first=True, padding_value=NOTHING),
        pad_sequence([torch.cat([one[1:], none]) for one in lengths], batch_first=True, padding_value=NOTHING),
    )


@cache
def learned(_: MusicSpec) -> Lines:
    """What a network learns from."""
    return lines(split().learned)


@cache
def held_out(_: MusicSpec) -> tuple[Melody, ...]:
    """What it is measured on."""
    return split().test


def note_loss(model: MelodyModel, batch: Lines, _: TrainSpec, generator: torch.Generator) -> Float[Tensor, ""]:
    """The mean of −log p of the next note, a share of inputs and of states dropped.

    Source: Zaremba, Sutskever & Vinyals 2014: dropout where no state is carried.
    """
    embedded = _dropped(model.embed(batch.pitches, batch.lengths), generator)
    surprise = _surprise(model, _dropped(model.recurrent(embedded)[0], generator), batch)
    return surprise.sum() / (batch.next_pitches != NOTHING).sum()


def _dropped(values: Float[Tensor, "B T K"], generator: torch.Generator) -> Float[Tensor, "B T K"]:
    kept: Bool[Tensor, "B T K"] = torch.rand(values.shape, generator=generator) >= DROPPED
    return values * kept / (1 - DROPPED)


def _surprise(model: MelodyModel, states: Float[Tensor, "B T H"], batch: Lines) -> Float[Tensor, "B T"]:
    """−log p of each next note, 0 where there is none."""
    pitch = cross_entropy(model.pitch_scores(states).mT, batch.next_pitches, ignore_index=NOTHING, reduction="none")
    scores = model.length_scores(states, batch.next_pitches.clamp(min=0))
    return pitch + cross_entropy(scores.mT, batch.next_lengths, ignore_index=NOTHING, reduction="none")


def stop_loss(_: MusicSpec, model: MelodyModel) -> Callable[[], float]:
    """The mean of −log p of the next note of the validation lines."""
    batch = lines(split().validation)
    count = int((batch.next_pitches != NOTHING).sum())

    def measured() -> float:
        with torch.inference_mode():
            return float(_surprise(model, model.states(batch.pitches, batch.lengths), batch).sum()) / count

    return measured


def score(model: MelodyModel, held_out: tuple[Melody, ...]) -> Mapping[str, object]:
    """What the line of a network says of the notes that it expects."""
    model.load_state_dict({name: weight.to(MELODIES.stored) for name, weight in model.state_dict().items()})
    batch = lines(held_out)
    counted = batch.next_pitches != NOTHING
    with torch.inference_mode():
        states = model.states(batch.pitches, batch.lengths)
        surprise = _surprise(model, states, batch).sum(dim=1).double().numpy()
        scores = model.pitch_scores(states)
        pitch = (
            cross_entropy(scores.mT, batch.next_pitches, ignore_index=NOTHING, reduction="none").sum() / counted.sum()
        )
        lengths = model.length_scores(states, batch.next_pitches.clamp(min=0)).argmax(dim=-1)
    right = (scores.argmax(dim=-1) == batch.next_pitches) & (
        (lengths == batch.next_lengths) | (batch.next_lengths == NOTHING)
    )
    notes = counted.sum(dim=1).double().numpy()
    worst = int((surprise / notes).argmax())
    return {
        **worth(surprise, notes),
        "pitch": math.exp(float(pitch)),
        "decisions": {"right": int(right[counted].sum()), "of": int(counted.sum())},
        "alike": {
            name: Part(lines=int(of.sum()), perplexity=math.exp(surprise[of].sum() / notes[of].sum()))
            for name, of in (("alike", alike(held_out)), ("others", ~alike(held_out)))
        },
        "hardest": Hardest(name=held_out[worst].name, perplexity=math.exp(surprise[worst] / notes[worst])),
        "parameters": count_parameters(model, ()),
    }


def worth(surprise: intervals.Float64, notes: intervals.Float64) -> Worth:
    """exp of the mean of −log p of a note, and its interval, from each line's sum and its notes."""
    low, high = intervals.bootstrap_ratio(surprise, notes)
    mean = float(surprise.sum() / notes.sum())
    return Worth(perplexity=math.exp(mean), interval=(math.exp(low), math.exp(high)))


def alike(melodies: Sequence[Melody]) -> Bool[np.ndarray, " M"]:
    """Which lines begin with the same intervals as one that is learned: versions of one tune, mostly."""
    known = {one.opening for one in split().learned}
    return np.array([one.opening in known for one in melodies])


def numbers(melodies: Sequence[Melody]) -> list[tuple[int, ...]]:
    """Melodies as signs that can be counted: a note is one, of its pitch and its length, and so is the end."""
    end = len(PITCHES) * len(LENGTHS)
    return [
        (*(PITCHES.index(note.pitch) * len(LENGTHS) + LENGTHS.index(note.length) for note in one.notes), end)
        for one in melodies
    ]


@cache
def ngram(order: int) -> ngrams.NGram:
    """The n-gram model of the lines that are learned, as smooth as does best on the validation lines."""
    counted, aside = numbers(split().learned), numbers(split().validation)
    signs = len(PITCHES) * len(LENGTHS) + 1
    tried = [ngrams.NGram(counted, signs, order, belief) for belief in BELIEFS]
    return min(tried, key=lambda model: model.perplexity(aside))


BELIEFS = (1.0, 2.0, 4.0, 8.0, 16.0)


def besides() -> Mapping[str, object]:
    """What counting is worth on the same lines."""
    test = numbers(split().test)
    notes = np.array(list(map(len, test)), np.float64)
    return {"ngrams": {str(order): worth(np.array(list(map(ngram(order).surprise, test))), notes) for order in ORDERS}}


def made_from() -> Mapping[str, object]:
    """What the manifest says of the data."""
    parts = split()._asdict()
    return {
        "melodies": hashlib.sha256(FILE.read_bytes()).hexdigest(),
        "lines": {name: len(part) for name, part in parts.items()},
    }


def kind(spec: MusicSpec) -> str:
    """What its card says that a network is built of."""
    return f"music_{spec.cell}"


def objective(_: MusicSpec) -> str:
    """What its card says was minimised."""
    return "note"


MUSIC: Task[MusicSpec, MelodyModel, Manifest] = Task(
    name="music",
    file="music",
    kept=SHIPPED,
    measured=tuple(spec.model_copy(update={"seed": seed}) for spec in SHIPPED for seed in SEEDS[1:]),
    family=family_of,
    learned=learned,
    held_out=held_out,
    loss=note_loss,
    stop_loss=stop_loss,
    recipe=recipe,
    score=score,
    form=Manifest,
    made_from=made_from,
    besides=besides,
    licence="public domain",
    kind=kind,
    objective=objective,
)
