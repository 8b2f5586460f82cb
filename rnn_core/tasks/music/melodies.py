"""The melodies that are learned: how they are stored, which of them are held out, and what a note can be.

Each is the soprano line of a chorale by J. S. Bach, moved so that its key signature has no sharps and no flats, as
pitches and lengths and nothing else. Lengths are counted in sixteenths.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rnn_core import checkout
from rnn_core.errors import KiokuError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BEAT = 4
"""Sixteenths of a quarter note."""
BEATS_A_MINUTE = 120
SIXTEENTH = 60 / BEATS_A_MINUTE / BEAT
"""Seconds that one lasts where a melody sounds."""
MOST_GIVEN = 24
"""Notes with which a melody begins that are read, the first ones."""
MOST_NOTES = 40
"""Notes that a melody has at most, those that were given among them."""
LENGTHS = (1, 2, 3, 4, 6, 8, 12, 16)
"""What a note can last, in sixteenths: D lengths."""
PITCHES = tuple(range(55, 85))
"""What it can be, as MIDI numbers pitches: P of them, from the G below middle C to the C two octaves above it."""
SCALE = frozenset({0, 2, 4, 5, 7, 9, 11})
"""The pitches of the key signature that all melodies have, modulo 12."""
TONICS = (0, 9)
"""On which of them a line in major ends, and one in minor."""
FILE = Path(__file__).with_name("melodies.txt")
HEAD = (
    "# name, sixteenths of a bar, sixteenths of it before the first note; notes: pitch, length but for d, ^ at an end"
)
QUARTER, ENDS = "d", "^"
SHARE, TEST, VALIDATION = 10, 1, 6
"""Of so many melodies one is for the test, and one for validation: which. How hard the test is for counting depends on
which; these are neither the easiest nor the hardest."""


class Note(NamedTuple):
    """One note: its pitch as MIDI numbers it, and its length in sixteenths."""

    pitch: int
    length: int


@dataclass(frozen=True)
class Melody:
    """One line.

    Attributes:
        name: of the chorale, by its number in the catalogue of Bach's works.
        bar: sixteenths of a bar.
        begins: sixteenths of its bar that have passed before the first note.
        notes: all of them.
        ends: on which of them, 0-based, a phrase ends: those under a fermata.
    """

    name: str
    bar: int
    begins: int
    notes: tuple[Note, ...]
    ends: frozenset[int]

    @property
    def first_phrase(self) -> tuple[Note, ...]:
        """As far as the first end of a phrase, or as a beginning is read."""
        return self.notes[: min((*(end + 1 for end in self.ends), MOST_GIVEN))]

    @property
    def opening(self) -> tuple[int, ...]:
        """The intervals with which it begins: two that have them in common are versions of one tune, mostly."""
        pitches = [note.pitch for note in self.notes[:OPENING]]
        return tuple(pitch - pitches[0] for pitch in pitches)


OPENING = 8
"""Notes of a line by which two versions of one tune are told."""


class Split(NamedTuple):
    """The melodies to learn from, those that decide when to stop, and those that are measured on."""

    learned: tuple[Melody, ...]
    validation: tuple[Melody, ...]
    test: tuple[Melody, ...]


def near_length(sixteenths: float) -> int:
    """The length that a note can have nearest to this one; of two equally near the shorter.

    Example:
        >>> near_length(4), near_length(5), near_length(99)
        (4, 4, 16)
    """
    return min(LENGTHS, key=lambda length: (abs(length - sixteenths), length))


@cache
def every_melody(path: Path = FILE) -> tuple[Melody, ...]:
    """All of them, in the order of the catalogue.

    Raises:
        KiokuError: the file is missing or damaged.
    """
    return checkout.data(path, _read)


def _read(raw: bytes) -> tuple[Melody, ...]:
    head, *lines = raw.decode("ascii").splitlines() or [""]
    if head != HEAD or not lines or not raw.endswith(b"\n"):
        raise ValueError("not the list of melodies, or not all of it")
    return tuple(map(read_line, lines))


def write_melodies(found: Iterable[Melody], path: Path = FILE) -> None:
    """Write the file."""
    path.write_text("\n".join((HEAD, *map(write_line, found))) + "\n", encoding="ascii")


def write_line(melody: Melody) -> str:
    """A melody as a line of the file.

    Example:
        >>> write_line(Melody("bwv1", 16, 12, (Note(67, 4), Note(72, 8)), frozenset({1})))
        'bwv1 16 12 CHh^'
    """
    notes = "".join(
        chr(note.pitch) + (chr(96 + note.length) if note.length != BEAT else "") + (ENDS if at in melody.ends else "")
        for at, note in enumerate(melody.notes)
    )
    return f"{melody.name} {melody.bar} {melody.begins} {notes}"


def read_line(line: str) -> Melody:
    """The melody of a line.

    Raises:
        ValueError: it is none.
    """
    name, bar, begins, said = line.split(" ")
    notes, ends = list[Note](), set[int]()
    for sign in said:
        if sign == ENDS:
            ends.add(len(notes) - 1)
        elif sign.islower():
            notes[-1] = Note(notes[-1].pitch, ord(sign) - 96)
        else:
            notes.append(Note(ord(sign), BEAT))
    if not notes or any(note.pitch not in PITCHES or note.length not in LENGTHS for note in notes):
        raise ValueError(line)
    return Melody(name, int(bar), int(begins), tuple(notes), frozenset(ends))


@cache
def split() -> Split:
    """Every tenth for validation, every tenth for the test, the others to learn from."""
    every = every_melody()
    return Split(
        tuple(one for at, one in enumerate(every) if at % SHARE not in (TEST, VALIDATION)),
        every[VALIDATION::SHARE],
        every[TEST::SHARE],
    )


def find_melody(name: str) -> Melody:
    """The melody of this name.

    Raises:
        KiokuError: the file is missing or damaged.

    Example:
        >>> len(find_melody("bwv245.26").first_phrase)
        7
    """
    found = next((one for one in every_melody() if one.name == name), None)
    if found is None:
        raise KiokuError("data_damaged", path=checkout.named(FILE))
    return found


def in_scale(notes: Sequence[Note]) -> int:
    """How many notes are of the scale."""
    return sum(note.pitch % 12 in SCALE for note in notes)
