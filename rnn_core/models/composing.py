"""A network goes on with a melody: what it draws, note after note, and from which distributions."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from rnn_core import runtime
from rnn_core.errors import KiokuError
from rnn_core.models.melody import EDGE, MELODIES, MelodyModel
from rnn_core.models.samples import State, hidden_of
from rnn_core.models.writing import inverse
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.trace import LayerTrace
from rnn_core.statistics.truncation import Truncation
from rnn_core.tasks.music.melodies import BEAT, LENGTHS, MOST_NOTES, PITCHES, Note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.tasks.music.spec import MusicSpec

AS_IT_IS = Truncation()
NOTHING_HELD: Mapping[int, float] = MappingProxyType({})


class Drawn(NamedTuple):
    """What was drawn: notes, and whether the network ended the melody itself."""

    notes: tuple[Note, ...]
    ended: bool


@dataclass(frozen=True, eq=False)
class Composed:
    """A melody, and what the network computed of it.

    Shapes: N notes, H units, P pitches, D lengths.

    Attributes:
        spec: which network.
        notes: those that were given, then those that were drawn.
        given: how many were given.
        ended: the network ended the melody itself.
        states: every quantity of its cell after each note, (N, H).
        pitch: the probability of each next pitch after each note, and last that there is none, (N, P + 1).
        length: the probability of each length of the next note, if there is one, (N, D).
        drawn: what the next pitch is drawn from, `pitch` with the temperature, (N, P + 1).
        drawn_length: likewise of its length.
        surprise: −log p of each note but the first, pitch and length, as the network expected it, (N − 1,) in float64.
        parity: how far the states are from PyTorch's own.
    """

    spec: MusicSpec
    notes: tuple[Note, ...]
    given: int
    ended: bool
    states: LayerTrace
    pitch: Float[np.ndarray, "N P"]
    length: Float[np.ndarray, "N D"]
    drawn: Float[np.ndarray, "N P"]
    drawn_length: Float[np.ndarray, "N D"]
    surprise: Float[np.ndarray, " M"]
    parity: float

    def __post_init__(self) -> None:
        for array in (self.pitch, self.length, self.drawn, self.drawn_length, self.surprise):
            array.flags.writeable = False

    @property
    def begins(self) -> tuple[int, ...]:
        """How many sixteenths have passed before each note, and before what follows the last."""
        return tuple(int(at) for at in np.cumsum([0, *(note.length for note in self.notes)]))

    @property
    def perplexity(self) -> float | None:
        """Between how many equally probable notes it was as unsure, of those that were given after the first; None
        where only one was."""
        return float(np.exp(self.surprise[: self.given - 1].mean())) if self.given > 1 else None


def compose(spec: MusicSpec, given: Sequence[Note], temperature: float, seed: int) -> Composed:
    """Go on with a melody until the network ends it, or there are as many notes as there may be.

    Args:
        spec: which network.
        given: how it begins, at least one note.
        temperature: by which log p is divided before something is drawn; 0 takes the most probable.
        seed: draws.

    Raises:
        KiokuError: no notes, or some that no network knows; and what `Family.load` raises.
    """
    model, truncation = MELODIES.memoized(spec), Truncation(temperature=temperature)
    (found,) = draw_many(model, given, 1, seed, truncation, most=MOST_NOTES - len(given))
    notes = (*given, *found.notes)
    pitches, lengths = encode(notes)
    with torch.inference_mode():
        trace = record(model.recurrent, model.embed(pitches, lengths))
        states = torch.from_numpy(np.array(trace.output, np.float32))
        pitch = torch.softmax(model.pitch_scores(states).double(), dim=-1)[1:]  # (N, P + 1)
        each = torch.arange(EDGE).expand(len(notes), EDGE)
        of_pitch = torch.softmax(model.length_scores(states[1:, None], each).double(), dim=-1)  # (N, P, D)
    own, of = pitch.numpy(), of_pitch.numpy()
    drawn = truncation.apply(own)
    layer = trace.layers[0][0]
    return Composed(
        spec=spec,
        notes=notes,
        given=len(given),
        ended=found.ended,
        states=LayerTrace(layer.cell, {key: np.array(values[1:]) for key, values in layer.items()}),
        pitch=own,
        length=_mixed(own, of),
        drawn=drawn,
        drawn_length=_mixed(drawn, truncation.apply(of)),
        surprise=_surprise(notes, own, of),
        parity=trace.parity,
    )


def _mixed(pitch: Float[np.ndarray, "N P"], of_pitch: Float[np.ndarray, "N K D"]) -> Float[np.ndarray, "N D"]:
    """The lengths of the next note, whatever its pitch: Σ p(pitch) p(length | pitch), of those that are notes."""
    sounding = pitch[:, :EDGE]
    found = np.einsum("nk,nkd->nd", sounding, of_pitch)
    whole = sounding.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(found, whole, out=of_pitch.mean(axis=1), where=whole > 0))


def _surprise(
    notes: Sequence[Note], pitch: Float[np.ndarray, "N P"], of_pitch: Float[np.ndarray, "N K D"]
) -> Float[np.ndarray, " M"]:
    at = np.arange(len(notes) - 1)
    which = np.array([PITCHES.index(note.pitch) for note in notes[1:]], int)
    long = np.array([LENGTHS.index(note.length) for note in notes[1:]], int)
    return np.asarray(-np.log(pitch[at, which]) - np.log(of_pitch[at, which, long]))


def encode(notes: Sequence[Note]) -> tuple[Int[Tensor, " T"], Int[Tensor, " T"]]:
    """A melody as a network reads it: before its first note stands the edge, which lasts a quarter.

    Raises:
        KiokuError: a pitch or a length that no network knows.
    """
    for note in notes:
        if note.pitch not in PITCHES or note.length not in LENGTHS:
            raise KiokuError("note_range", given=f"{note.pitch}:{note.length}", low=PITCHES[0], high=PITCHES[-1])
    pitches = [EDGE, *(PITCHES.index(note.pitch) for note in notes)]
    lengths = [LENGTHS.index(BEAT), *(LENGTHS.index(note.length) for note in notes)]
    return torch.tensor(pitches), torch.tensor(lengths)


def draw_many(
    model: MelodyModel,
    given: Sequence[Note],
    count: int,
    seed: int,
    truncation: Truncation = AS_IT_IS,
    held: Mapping[int, float] = NOTHING_HELD,
    *,
    most: int = MOST_NOTES,
) -> tuple[Drawn, ...]:
    """How a network goes on with a beginning, `count` times.

    Args:
        model: which network.
        given: the beginning, or nothing.
        count: how many melodies.
        seed: draws.
        truncation: what is left of each distribution.
        held: units of h at the value at which they are held at every step.
        most: so many notes are drawn at most.

    Raises:
        KiokuError: a pitch or a length that no network knows.
    """
    generator, state = runtime.generator(seed), None
    notes: list[list[Note]] = [[] for _ in range(count)]
    ended = np.zeros(count, bool)
    pitches, lengths = (one.expand(count, -1) for one in encode(given))
    with torch.inference_mode():
        for _ in range(most):
            states, state = _read(model, pitches, lengths, state, held)
            uniform = torch.rand(count, 2, dtype=torch.float64, generator=generator).numpy()
            pitch = _chosen(model.pitch_scores(states), truncation, uniform[:, 0])
            ended |= pitch == EDGE
            if ended.all():
                break
            length = _chosen(model.length_scores(states, torch.from_numpy(pitch)), truncation, uniform[:, 1])
            for at in np.flatnonzero(~ended):
                notes[at].append(Note(PITCHES[pitch[at]], LENGTHS[length[at]]))
            pitches, lengths = (torch.from_numpy(one)[:, None] for one in (pitch, length))
    return tuple(Drawn(tuple(one), bool(end)) for one, end in zip(notes, ended, strict=True))


def _chosen(
    scores: Float[Tensor, "B V"], truncation: Truncation, uniform: Float[np.ndarray, " B"]
) -> Int[np.ndarray, " B"]:
    found = truncation.apply(torch.softmax(scores.double(), dim=-1).numpy())
    return np.asarray(inverse(found, uniform), np.int64)


def _read(
    model: MelodyModel,
    pitches: Int[Tensor, "B T"],
    lengths: Int[Tensor, "B T"],
    state: State | None,
    held: Mapping[int, float],
) -> tuple[Float[Tensor, "B H"], State]:
    """The state after these notes, read one by one, each with the units held."""
    embedded = model.embed(pitches, lengths)  # (B, T, E)
    for step in range(embedded.shape[1]):
        _, state = model.recurrent(embedded[:, step : step + 1], state)
        for unit, value in held.items():
            hidden_of(state)[..., unit] = value
    assert state is not None  # there is at least the edge
    return hidden_of(state)[0], state
