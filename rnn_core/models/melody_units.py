"""Units with a meaning in a network of melodies: which follow what it is not told, and what a clamp costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float, Int

from rnn_core.models.composing import Drawn, draw_many, encode
from rnn_core.models.meanings import Clamped, Scores, Tally
from rnn_core.models.melody import MELODIES
from rnn_core.statistics import unit_scores
from rnn_core.tasks.music.melodies import BEAT, SCALE, TONICS, Melody, split

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.tasks.music.spec import MusicSpec

DRAWN, LONGEST = 300, 64  # melodies that are drawn with units clamped, and notes of each at most
FAR = 8  # notes to the end of a phrase, or more: all the same
BAR, LONG = 4 * BEAT, 2 * BEAT  # sixteenths: of a bar, and of a long note at least


@dataclass(frozen=True)
class Property:
    """What a unit may follow: nothing of it is told the network.

    Attributes:
        key: its message is `meanings.property.<key>`.
        label: its value after each note of a melody, (T,); nan where it has none.
        measure: the key in `MEASURES` of what a melody may lose that is written without it.
    """

    key: str
    label: Callable[[Melody], Float[np.ndarray, " T"]]
    measure: str


def _left(melody: Melody) -> Float[np.ndarray, " T"]:
    """Notes until the end of the phrase, at most `FAR`: 0 on its last note; nan after the last end that is marked."""
    found, left = np.full(len(melody.notes), np.nan), None
    for at in reversed(range(len(melody.notes))):
        left = 0 if at in melody.ends else None if left is None else min(FAR, left + 1)
        found[at] = np.nan if left is None else left
    return found


def _phrase_end(melody: Melody) -> Float[np.ndarray, " T"]:
    return np.array([float(at in melody.ends) for at in range(len(melody.notes))])


def _downbeat(melody: Melody) -> Float[np.ndarray, " T"]:
    """Whether a bar begins as this note ends."""
    after = melody.begins + np.cumsum([note.length for note in melody.notes])
    return np.asarray(after % melody.bar == 0, float)


def _minor(melody: Melody) -> Float[np.ndarray, " T"]:
    """Whether the line is in A minor, by its last note; nan where that is neither A nor C."""
    last = melody.notes[-1].pitch % 12
    return np.full(len(melody.notes), float(last == TONICS[1]) if last in TONICS else np.nan)


PROPERTIES = (
    Property("phrase_end", _phrase_end, "ends"),
    Property("phrase_left", _left, "ends"),
    Property("downbeat", _downbeat, "metre"),
    Property("minor", _minor, "in_scale"),
)


def _in_scale(melodies: Sequence[Drawn]) -> Tally:
    """Of all notes, those of the scale."""
    pitches = [note.pitch % 12 for one in melodies for note in one.notes]
    return Tally(sum(pitch in SCALE for pitch in pitches), len(pitches))


def _on_tonic(melodies: Sequence[Drawn]) -> Tally:
    """Of the melodies that end, those that end on the C of major or the A of minor."""
    last = [one.notes[-1].pitch % 12 for one in melodies if one.ended and one.notes]
    return Tally(sum(pitch in TONICS for pitch in last), len(last))


def _metre(melodies: Sequence[Drawn]) -> Tally:
    """Of the long notes, those that end whole bars of four beats after the melody began."""
    ends = [end for one in melodies for end in _long_ends(one)]
    return Tally(sum(end % BAR == 0 for end in ends), len(ends))


def _long_ends(melody: Drawn) -> list[int]:
    """Where, in sixteenths since the first note, long notes end."""
    ends = np.cumsum([note.length for note in melody.notes])
    return [int(end) for end, note in zip(ends, melody.notes, strict=True) if note.length >= LONG]


def _ends(melodies: Sequence[Drawn]) -> Tally:
    """The melodies that come to an end by themselves."""
    return Tally(sum(one.ended for one in melodies), len(melodies))


MEASURES: Mapping[str, Callable[[Sequence[Drawn]], Tally]] = MappingProxyType(
    {"ends": _ends, "metre": _metre, "in_scale": _in_scale, "on_tonic": _on_tonic}
)
"""What is counted of melodies that were drawn; its message is `meanings.measure.<key>`."""


def score(spec: MusicSpec) -> tuple[Scores, ...]:
    """The scores of every property: units chosen on learned lines, measured on the test lines.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    learned, test = split().learned, split().test
    states, others = _states(spec, learned), _states(spec, test)
    found = []
    for row in PROPERTIES:
        chosen = np.abs(unit_scores.correlations(*_labelled(row, states, learned)[:2]))
        measured, labels, melodies = _labelled(row, others, test)
        order = tuple(int(unit) for unit in np.argsort(-chosen, kind="stable"))
        found.append(
            Scores(
                row.key,
                unit_scores.correlations(measured, labels),
                order,
                unit_scores.chance(measured, labels),
                len(labels),
                int(labels.sum()) if set(labels) <= {0.0, 1.0} else None,
                unit_scores.interval(measured[:, order[0]], labels, melodies),
            )
        )
    return tuple(found)


def clamp(spec: MusicSpec, scores: Scores, count: int) -> Clamped:
    """Write melodies with the `count` units that follow a property best clamped, each to its mean over learned lines.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    mean, model = _states(spec, split().learned).mean(axis=0), MELODIES.memoized(spec)
    best, least = scores.order[:count], scores.order[-count:]
    drawn = [
        draw_many(model, (), DRAWN, seed=0, held={unit: float(mean[unit]) for unit in units}, most=LONGEST)
        for units in ((), best, least)
    ]
    own = next(row.measure for row in PROPERTIES if row.key == scores.key)
    rows = {key: tuple(MEASURES[key](melodies) for melodies in drawn) for key in dict.fromkeys((own, *MEASURES))}
    return Clamped(scores.key, best, DRAWN, MappingProxyType(rows))  # type: ignore[arg-type]  # three each


def _states(spec: MusicSpec, melodies: Sequence[Melody]) -> Float[np.ndarray, "N H"]:
    """The state after every note of every melody."""
    model = MELODIES.memoized(spec)
    with torch.inference_mode():
        found = [model.states(*(each[None] for each in encode(one.notes)))[0, 1:].numpy() for one in melodies]
    return np.concatenate(found)


def _labelled(
    row: Property, states: Float[np.ndarray, "N H"], melodies: Sequence[Melody]
) -> tuple[Float[np.ndarray, "K H"], Float[np.ndarray, " K"], Int[np.ndarray, " K"]]:
    """Where the property has a value, the states, that value, and the number of the melody."""
    each = [row.label(one) for one in melodies]
    labels, numbers = np.concatenate(each), np.repeat(np.arange(len(each)), list(map(len, each)))
    there = np.isfinite(labels)
    return states[there], labels[there], numbers[there]
