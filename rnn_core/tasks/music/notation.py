"""A melody as a reader writes it, `C4 D4 E4:2`, as an address holds it, and as it comes from other keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.tasks.music.melodies import BEAT, MOST_GIVEN, PITCHES, Note, in_scale, near_length
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SIGNS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}
NOTE = re.compile(r"([A-G])([#♯b♭]?)([0-9])(?::([0-9]{1,2}(?:\.[0-9]{1,2})?))?", re.ASCII)
OCTAVE = 12
LONGEST = 12  # characters of what is no note, in a message


def pitch_name(pitch: int) -> str:
    """What a pitch is called, its octave included.

    Example:
        >>> pitch_name(60), pitch_name(70)
        ('C4', 'B♭4')
    """
    return f"{NAMES[pitch % OCTAVE]}{pitch // OCTAVE - 1}"


def write_notes(notes: Sequence[Note]) -> str:
    """Notes as text.

    Example:
        >>> write_notes((Note(60, 4), Note(70, 8), Note(62, 2)))
        'C4 Bb4:2 D4:0.5'
    """
    said = (pitch_name(note.pitch).replace("♯", "#").replace("♭", "b") for note in notes)
    return " ".join(
        name + ("" if note.length == BEAT else f":{note.length / BEAT:g}")
        for name, note in zip(said, notes, strict=True)
    )


def read_notes(text: str) -> tuple[Note, ...]:
    """The notes of a text, its first 24; a length that no network knows becomes the nearest.

    Raises:
        KiokuError: nothing is there, something is no note, or a note is outside the range.

    Example:
        >>> read_notes("C4 A#4:2")
        (Note(pitch=60, length=4), Note(pitch=70, length=8))
    """
    said = text.split(maxsplit=MOST_GIVEN)[:MOST_GIVEN]
    if not said:
        raise KiokuError("notes_none")
    return tuple(map(_note, said))


def _note(said: str) -> Note:
    found = NOTE.fullmatch(said)
    if found is None:
        raise KiokuError("note_unreadable", given=shorten(said, LONGEST))
    name, sign, octave, beats = found.groups()
    pitch = STEPS[name] + SIGNS[sign] + OCTAVE * (int(octave) + 1)
    if pitch not in PITCHES:
        low, high = (pitch_name(end) for end in (PITCHES[0], PITCHES[-1]))
        raise KiokuError("note_range", given=said, low=low, high=high)
    return Note(pitch, BEAT if beats is None else near_length(BEAT * float(beats)))


def fitted(notes: Sequence[Note]) -> tuple[tuple[Note, ...], int]:
    """Notes of any key where the networks know them: as many as may be on the scale without sharps, all in the range.

    What then still lies outside the range comes in by octaves.

    Args:
        notes: at least one.

    Returns:
        The notes, and by how many semitones all were moved.

    Example:
        >>> fitted((Note(62, 4), Note(66, 4), Note(69, 4), Note(73, 4)))[1]
        -2
    """
    middle = sum(note.pitch for note in notes) / len(notes)
    centre = (PITCHES[0] + PITCHES[-1]) / 2
    octaves = OCTAVE * round((centre - middle) / OCTAVE)

    def moved(shift: int) -> tuple[Note, ...]:
        return tuple(Note(note.pitch + shift, note.length) for note in notes)

    def quality(shift: int) -> tuple[int, int, int]:
        there = moved(shift)
        return in_scale(there), sum(note.pitch in PITCHES for note in there), -abs(shift)

    best = max(range(octaves - OCTAVE // 2, octaves + OCTAVE // 2 + 1), key=quality)
    return tuple(Note(_inside(note.pitch), note.length) for note in moved(best)), best


def _inside(pitch: int) -> int:
    while pitch < PITCHES[0]:
        pitch += OCTAVE
    while pitch > PITCHES[-1]:
        pitch -= OCTAVE
    return pitch
