"""The melodies as `make models` takes them from music21: needed only where the file of melodies is made anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rnn_core.errors import KiokuError
from rnn_core.tasks.music import melodies
from rnn_core.tasks.music.melodies import BEAT, PITCHES, Melody, Note, near_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NAME = "melodies"
"""As the command calls it."""
FIFTH, OCTAVE = 7, 12  # semitones: a sharp more in the key signature is a fifth up
MIDDLE = 71  # about here the lines lie


def up_to_date() -> bool:
    """Whether the file is there."""
    try:
        return bool(melodies.every_melody())
    except KiokuError:
        return False


def build() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Take every line from the corpus, each once, and write them.

    Raises:
        KiokuError: music21 is not installed.
    """
    found = dict[tuple[Note, ...], Melody]()
    for melody in lines():
        found.setdefault(melody.notes, melody)
    melodies.write_melodies(sorted(found.values(), key=by_number))
    melodies.every_melody.cache_clear()
    melodies.split.cache_clear()
    yield NAME, {"lines": len(found)}


def by_number(melody: Melody) -> tuple[str, ...]:
    """In the order of the catalogue.

    Example:
        >>> by_number(Melody("bwv6.6", 16, 0, (), frozenset())) < by_number(Melody("bwv10.7", 16, 0, (), frozenset()))
        True
    """
    return tuple(part.zfill(4) for part in re.split(r"[.-]", melody.name.removeprefix("bwv")))


def lines() -> Iterator[Melody]:
    """The soprano line of every chorale.

    Raises:
        KiokuError: music21 is not installed.
    """
    try:
        from music21 import corpus
    except ImportError:
        raise KiokuError("music21_missing") from None
    for name in corpus.chorales.Iterator(returnType="filename"):
        parts = corpus.parse(name).parts
        part = next((one for one in parts if str(one.id).startswith("Soprano")), parts[0])
        melody = taken(str(name).rpartition("/")[2], part)
        if melody is not None:
            yield melody


def taken(name: str, part: Any) -> Melody | None:
    """A line of music21 as ours; None where it leaves the range of a voice."""
    flat = part.stripTies().flatten()
    sharps = next((key.sharps for key in flat.getElementsByClass("KeySignature")), 0)
    first, bar = flat.notes[0], BEAT * flat.getElementsByClass("TimeSignature")[0].barDuration.quarterLength
    sounding = [
        (0 if one.isRest else one.pitch.midi, BEAT * float(one.quarterLength), _is_end(one))
        for one in flat.notesAndRests
    ]
    return assembled(
        name, round(bar), round(BEAT * (first.beat - 1) * first.beatDuration.quarterLength), sharps, sounding
    )


def assembled(
    name: str, bar: int, begins: int, sharps: int, sounding: Iterable[tuple[int, float, bool]]
) -> Melody | None:
    """A melody from what sounds: a rest lengthens the note before it, and grace notes are left out.

    Args:
        name: of the chorale.
        bar, begins: as in `Melody`.
        sharps: of the key signature; flats are negative.
        sounding: pitch (0 for a rest), sixteenths, and whether a phrase ends on it.

    Example:
        >>> assembled("bwv1", 16, 0, 1, [(67, 4, False), (0, 4, False), (71, 4, True)]).notes
        (Note(pitch=72, length=8), Note(pitch=76, length=4))
    """
    rows = list[list[Any]]()
    for pitch, length, ends in sounding:
        if pitch and length:
            rows.append([pitch, length, ends])
        elif rows:
            rows[-1][1] += length
            rows[-1][2] |= ends
    shift = moved([row[0] for row in rows], sharps)
    if not all(row[0] + shift in PITCHES for row in rows):
        return None
    notes = tuple(Note(pitch + shift, near_length(length)) for pitch, length, _ in rows)
    return Melody(name, bar, begins, notes, frozenset(at for at, row in enumerate(rows) if row[2]))


def moved(pitches: list[int], sharps: int) -> int:
    """By how many semitones a line is moved to lose its sharps or flats and to lie nearest to the middle.

    Example:
        >>> moved([67, 71, 74], 1), moved([77], -1)
        (5, -5)
    """
    mean = sum(pitches) / len(pitches)
    base = -FIFTH * sharps % OCTAVE
    return min((base - OCTAVE, base), key=lambda shift: abs(mean + shift - MIDDLE))


def _is_end(one: Any) -> bool:
    return any(type(mark).__name__ == "Fermata" for mark in one.expressions)
