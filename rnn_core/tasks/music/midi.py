"""Standard MIDI files: a melody written as one, and the highest voice of one that a reader hands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from rnn_core.errors import KiokuError
from rnn_core.tasks.music.melodies import BEAT, BEATS_A_MINUTE, MOST_GIVEN, Note, near_length

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mido import MidiFile

KILOBYTES = 256  # of a file
TRACKS, MESSAGES = 64, 40_000
LONGEST = 2**28  # ticks between two messages, which four groups of seven bits can say
ENDLESS = re.compile(rb"[\x80-\xff]{4096}")  # a number of so many groups, which the package would read to its end
TICKS = 480  # a quarter note has, in what is written
LOUD, PROGRAM = 80, 73  # of every note; a flute, in General MIDI
DRUMS = 9  # the channel whose numbers are no pitches


@dataclass(frozen=True)
class Imported:
    """What was taken from a file.

    Attributes:
        notes: the highest voice, at least one note.
        cut: there were more.
        chords: other notes sounded with it, and were left out.
    """

    notes: tuple[Note, ...]
    cut: bool
    chords: bool


class _Sounding(NamedTuple):
    """A note by its place on the grid of sixteenths."""

    begins: int
    ends: int
    pitch: int


def read_midi(data: bytes) -> Imported:
    """The highest voice of a file: of notes that sound together the highest, each as long as until the next one.

    Raises:
        KiokuError: it is too large, no MIDI file, damaged, keeps time in frames, has too much in it, or no notes.
    """
    file = _taken(data)
    heard = sorted(_heard(file), key=lambda note: (note.begins, -note.pitch))
    if not heard:
        raise KiokuError("midi_empty")
    highest = _skyline(heard)
    ends = [note.begins for note in highest[1:]] + [highest[-1].ends]
    notes = [
        Note(note.pitch, near_length(max(1, end - note.begins)))
        for note, end in zip(highest[:MOST_GIVEN], ends, strict=False)
    ]
    return Imported(tuple(notes), len(highest) > MOST_GIVEN, len(highest) < len(heard))


def _taken(data: bytes) -> MidiFile:
    """A file within the limits: what its bytes tell is asked before it is parsed."""
    if len(data) > KILOBYTES * 1024:
        raise KiokuError("midi_large", limit=KILOBYTES)
    if data[:4] != b"MThd":
        raise KiokuError("midi_kind")
    if int.from_bytes(data[10:12], "big") > TRACKS:
        raise KiokuError("midi_long", tracks=TRACKS, messages=f"{MESSAGES:,}")
    if ENDLESS.search(data):
        raise KiokuError("midi_damaged")
    file = _parsed(data)
    if file.ticks_per_beat <= 0:
        raise KiokuError("midi_frames")
    if sum(map(len, file.tracks)) > MESSAGES:
        raise KiokuError("midi_long", tracks=TRACKS, messages=f"{MESSAGES:,}")
    if any(message.time >= LONGEST for track in file.tracks for message in track):
        raise KiokuError("midi_damaged")
    return file


def _parsed(data: bytes) -> MidiFile:
    from mido import MidiFile

    try:
        return MidiFile(file=BytesIO(data), clip=True)
    except Exception:  # a damaged file ends in whatever its bytes make the package do
        raise KiokuError("midi_damaged") from None


def _heard(file: MidiFile) -> Iterator[_Sounding]:
    """Every note of every track, on the grid; one that never ends lasts a quarter."""
    for track in file.tracks:
        now, open_ = 0, dict[tuple[int, int], int]()
        for message in track:
            now += message.time
            if message.type not in ("note_on", "note_off") or message.channel == DRUMS:
                continue
            key = (message.channel, message.note)
            if (begun := open_.pop(key, None)) is not None:
                yield _placed(file, begun, now, message.note)
            if message.type == "note_on" and message.velocity:
                open_[key] = now
        for (_, pitch), begun in open_.items():
            yield _placed(file, begun, begun + file.ticks_per_beat, pitch)


def _placed(file: MidiFile, begins: int, ends: int, pitch: int) -> _Sounding:
    first, last = (round(BEAT * tick / file.ticks_per_beat) for tick in (begins, ends))
    return _Sounding(first, max(first + 1, last), pitch)


def _skyline(heard: Sequence[_Sounding]) -> list[_Sounding]:
    """What is heard on top: no note that begins with or under a higher one that still sounds."""
    found = list[_Sounding]()
    for note in heard:
        if not found or (
            note.begins > found[-1].begins and (note.pitch > found[-1].pitch or note.begins >= found[-1].ends)
        ):
            found.append(note)
    return found


def write_midi(notes: Sequence[Note]) -> bytes:
    """Notes one after the other as a MIDI file of one track.

    Source: The MIDI Manufacturers Association (1996), Standard MIDI Files 1.0.
    """
    tempo = round(60_000_000 / BEATS_A_MINUTE)  # microseconds of a quarter
    track = b"\x00\xff\x51\x03" + tempo.to_bytes(3, "big") + bytes([0x00, 0xC0, PROGRAM])
    for note in notes:
        track += bytes([0x00, 0x90, note.pitch, LOUD])
        track += _variable(TICKS * note.length // BEAT) + bytes([0x80, note.pitch, 0])
    track += b"\x00\xff\x2f\x00"
    head = b"MThd" + (6).to_bytes(4, "big") + b"".join(one.to_bytes(2, "big") for one in (0, 1, TICKS))
    return head + b"MTrk" + len(track).to_bytes(4, "big") + track


def _variable(value: int) -> bytes:
    """A number as so many groups of seven bits as it needs, all but the last with the eighth bit set."""
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append(0x80 | (value & 0x7F))
    return bytes(reversed(groups))
