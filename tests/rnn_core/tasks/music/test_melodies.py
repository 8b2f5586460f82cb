from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.tasks.music.melodies import (
    HEAD,
    LENGTHS,
    PITCHES,
    Melody,
    Note,
    every_melody,
    find_melody,
    in_scale,
    near_length,
    read_line,
    split,
    write_line,
    write_melodies,
)

if TYPE_CHECKING:
    from pathlib import Path

NOTES = st.lists(st.builds(Note, st.sampled_from(PITCHES), st.sampled_from(LENGTHS)), min_size=1, max_size=30)


@given(NOTES, st.data())
def test_a_line_is_read_as_it_was_written(notes: list[Note], data: st.DataObject) -> None:
    ends = data.draw(st.sets(st.integers(0, len(notes) - 1)))
    melody = Melody("bwv1.6", 16, 12, tuple(notes), frozenset(ends))
    assert read_line(write_line(melody)) == melody


def test_each_line_is_there_once_and_in_one_part_only() -> None:
    every = every_melody()
    assert len({one.notes for one in every}) == len(every) == 340
    parts = split()
    assert [len(part) for part in parts] == [272, 34, 34]
    assert set(parts.learned).isdisjoint(parts.test)
    assert set(parts.learned).isdisjoint(parts.validation)
    assert set(every) == {one for part in parts for one in part}


def test_the_lines_are_in_the_key_without_sharps() -> None:
    notes = [note for one in every_melody() for note in one.notes]
    assert in_scale(notes) / len(notes) > 0.95
    assert sum(bool(one.ends) for one in every_melody()) > 330


def test_what_was_written_is_what_is_shipped(tmp_path: Path) -> None:
    write_melodies(every_melody(), tmp_path / "melodies.txt")
    assert every_melody(tmp_path / "melodies.txt") == every_melody()


@pytest.mark.parametrize(
    "text", ["", HEAD, "other\nbwv1 16 0 CCC\n", f"{HEAD}\nbwv1 16 0\n", f"{HEAD}\nbwv1 16 0 C!\n"]
)
def test_a_damaged_file_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / f"{abs(hash(text))}.txt"
    path.write_text(text)
    with pytest.raises(KiokuError, match="git checkout"):
        every_melody(path)


def test_a_first_phrase_ends_at_a_fermata_or_at_the_most_notes() -> None:
    assert len(find_melody("bwv278").first_phrase) == 9
    assert len(find_melody("bwv161.6").first_phrase) == 24
    with pytest.raises(KiokuError):
        find_melody("bwv0")


@pytest.mark.parametrize(("asked", "length"), [(0, 1), (5, 4), (7, 6), (100, 16)])
def test_a_length_becomes_the_nearest(asked: int, length: int) -> None:
    assert near_length(asked) == length
