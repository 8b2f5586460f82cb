"""Files that are written are read by mido, which others made; and what they hand in is a melody or a sentence."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mido import Message, MetaMessage, MidiFile, MidiTrack

from rnn_core.errors import KiokuError
from rnn_core.tasks.music.melodies import BEAT, LENGTHS, MOST_GIVEN, PITCHES, Note
from rnn_core.tasks.music.midi import KILOBYTES, MESSAGES, read_midi, write_midi

NOTES = st.lists(st.builds(Note, st.sampled_from(PITCHES), st.sampled_from(LENGTHS)), min_size=1, max_size=MOST_GIVEN)
TUNE = (Note(60, 4), Note(64, 2), Note(67, 8))


def made(*tracks: list[Message | MetaMessage], ticks: int = 480) -> bytes:
    """A file of these tracks, as mido writes it."""
    file, out = MidiFile(ticks_per_beat=ticks), BytesIO()
    file.tracks.extend(MidiTrack(track) for track in tracks)
    file.save(file=out)
    return out.getvalue()


def on(note: int, time: int = 0, channel: int = 0) -> Message:
    return Message("note_on", note=note, velocity=70, time=time, channel=channel)


def off(note: int, time: int = 480, channel: int = 0) -> Message:
    return Message("note_off", note=note, time=time, channel=channel)


@given(NOTES)
@settings(max_examples=30)
def test_what_is_written_is_read_by_others_and_by_us(notes: list[Note]) -> None:
    data = write_midi(notes)
    file = MidiFile(file=BytesIO(data))
    sounding = [message for message in file.tracks[0] if message.type == "note_on"]
    lasting = [message.time for message in file.tracks[0] if message.type == "note_off"]
    assert [message.note for message in sounding] == [note.pitch for note in notes]
    assert [time * BEAT // file.ticks_per_beat for time in lasting] == [note.length for note in notes]
    assert file.length == pytest.approx(sum(note.length for note in notes) * 0.125)
    assert read_midi(data).notes == tuple(notes)


def test_of_notes_that_sound_together_the_highest_is_taken() -> None:
    melody = [on(72), off(72, 960), on(74), off(74)]
    bass = [on(48), off(48), on(50), off(50), on(52), off(52)]
    drums = [on(90, channel=9), off(90, channel=9)]
    found = read_midi(made(melody, bass, drums))
    assert found.notes == (Note(72, 8), Note(74, 4))
    assert found.chords
    assert not found.cut
    assert not read_midi(made(melody)).chords


def test_a_note_that_never_ends_and_one_of_no_length_count_and_three_hours_are_cut() -> None:
    assert read_midi(made([on(60)])).notes == (Note(60, 4),)
    assert read_midi(made([on(60), off(60, 0)])).notes == (Note(60, 1),)
    hours = [message for _ in range(3 * 60 * 60) for message in (on(60), off(60, 960))]
    found = read_midi(made(hours))
    assert (len(found.notes), found.cut) == (MOST_GIVEN, True)


def raw(track: bytes) -> bytes:
    """A file of one track with these bytes."""
    return write_midi(TUNE)[:14] + b"MTrk" + len(track).to_bytes(4, "big") + track


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "midi_kind"),
        (b"PK\x03\x04" + bytes(100), "midi_kind"),
        (bytes(KILOBYTES * 1024 + 1), "midi_large"),
        (write_midi(TUNE)[:-12], "midi_damaged"),
        (b"MThd" + bytes(4), "midi_damaged"),
        (write_midi(TUNE)[:12] + b"\xe7\x28" + write_midi(TUNE)[14:], "midi_frames"),
        (write_midi(TUNE)[:10] + b"\xff\xff" + write_midi(TUNE)[12:], "midi_long"),
        (made([MetaMessage("track_name", name="nothing")]), "midi_empty"),
        (made([on(60, channel=9), off(60, channel=9)]), "midi_empty"),
        (made([on(60)] * (MESSAGES + 1)), "midi_long"),
        (raw(b"\xff" * 200_000 + b"\x7f\x90\x3c\x40"), "midi_damaged"),  # a number that would be read for seconds
        (raw(b"\xff" * 4 + b"\x7f\x90\x3c\x40\x00\x80\x3c\x40"), "midi_damaged"),
        (raw(b"\x00\x90\x3c\x40" + b"\xff" * 160 + b"\x7f\x80\x3c\x40"), "midi_damaged"),  # past all floats
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_melody_is_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(KiokuError) as found:
        read_midi(data)
    assert found.value.code == code


@given(st.data())
@settings(max_examples=60)
def test_no_damage_is_anything_else_than_a_melody_or_a_sentence(data: st.DataObject) -> None:
    whole = bytearray(write_midi(TUNE))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(KiokuError):
        found = read_midi(bytes(whole))
        assert 0 < len(found.notes) <= MOST_GIVEN
        assert all(note.length in LENGTHS for note in found.notes)
