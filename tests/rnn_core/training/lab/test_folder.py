from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rnn_core.errors import KiokuError
from rnn_core.training.lab.folder import EVENTS, FAILED, RUNS, SNAPSHOTS, SPEC, Folder, name_of
from rnn_core.training.lab.writer import writing
from tests.rnn_core.training.lab.standin import spec, train

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A training that has finished."""
    made = Folder(tmp_path / spec().id)
    made.make(spec().canonical)
    with writing(made) as writer:
        for event in train(spec()):
            writer.write(event)
    return made


def test_events_are_read_by_their_number(folder: Folder) -> None:
    every = folder.read()
    assert every.next == folder.count() == len(every.lines)
    assert [json.loads(line)["n"] for line in every.lines] == list(range(every.next))
    for since in (0, 1, 17, every.next - 1):
        assert folder.read(since).lines == every.lines[since:]
    for beyond in (every.next, every.next + 5, 10**9):
        assert folder.read(beyond) == ([], every.next, False)
    assert folder.read(-3).lines == every.lines


def test_an_answer_is_bounded_and_the_rest_follows(folder: Folder) -> None:
    lines, at, more = [], 0, True
    while more:
        found = folder.read(at, 2000)
        assert found.lines
        assert sum(map(len, found.lines)) <= max(2000, len(found.lines[0]))
        lines, at, more = lines + found.lines, found.next, found.more
    assert lines == folder.read().lines
    assert folder.read(0, 1).next == 1  # one at least


def test_what_is_seen_ends_where_a_run_was_cancelled(folder: Folder) -> None:
    assert folder.read(2, until=5).lines == folder.read().lines[2:5]
    assert folder.read(7, until=5) == ([], 5, False)


def test_a_line_that_is_still_written_is_not_there_yet(folder: Folder) -> None:
    whole = (folder.path / EVENTS).read_bytes()
    for cut in (1, 40, len(whole) - 3):
        (folder.path / EVENTS).write_bytes(whole[:cut])
        assert folder.read().lines == whole[:cut].split(b"\n")[:-1]
        (folder.path / EVENTS).write_bytes(whole)
        assert folder.read().lines == whole.split(b"\n")[:-1]


def test_a_damaged_line_is_not_passed_on(folder: Folder) -> None:
    lines = (folder.path / EVENTS).read_bytes().split(b"\n")
    lines[4] = b"\x00" * len(lines[4])
    (folder.path / EVENTS).write_bytes(b"\n".join(lines))
    assert folder.read() == (lines[:4], 4, False)


def test_it_has_ended_where_its_last_event_says_so(folder: Folder) -> None:
    assert folder.end() == "finished"
    whole = (folder.path / EVENTS).read_bytes()
    (folder.path / EVENTS).write_bytes(whole[: whole.rindex(b'{"n"')])
    assert folder.end() is None
    assert Folder(folder.path.with_name("none")).end() is None


def test_the_newest_whole_snapshot_is_the_one_to_go_on_from(folder: Folder) -> None:
    steps = spec().snapshots
    files = [folder.path / SNAPSHOTS / name_of(step) for step in steps]
    assert folder.snapshot() == files[-1].read_bytes()
    assert folder.snapshot(steps[3]) == folder.snapshot(steps[4] - 1) == files[3].read_bytes()
    files[-1].write_bytes(files[-1].read_bytes()[:-1] + b"\x01")
    files[-2].unlink()
    assert folder.snapshot() == files[-3].read_bytes()
    for path in files:
        path.write_bytes(b"")
    assert folder.snapshot() is None


def test_a_damaged_spec_is_that_of_the_first_event(folder: Folder) -> None:
    for damage in (b"", b"\xff\xfe", spec(steps=61).canonical.encode()):
        (folder.path / SPEC).write_bytes(damage)
        assert folder.spec() == spec().canonical
    (folder.path / SPEC).unlink()
    assert folder.spec() == spec().canonical
    (folder.path / EVENTS).unlink()
    assert folder.spec() is None


def test_what_is_told_last_of_a_run_is_known(folder: Folder) -> None:
    folder.tell("a", who="x", seq=1)
    folder.tell("b", who="y", seq=2)
    folder.tell("a", who="x", seq=1, seen=4)
    with (folder.path / RUNS).open("ab") as file:
        file.write(b'{"id": "c", "wh')
    folder.tell("b", gone=True)
    assert folder.told() == {"a": {"id": "a", "who": "x", "seq": 1, "seen": 4}}


def test_why_it_failed_is_known_until_it_is_tried_again(folder: Folder) -> None:
    assert folder.failure() is None
    folder.fail(KiokuError("lab_store", why="a mistake"))
    failure = folder.failure()
    assert failure is not None
    assert (failure.code, failure.values) == ("lab_store", {"why": "a mistake"})
    for damage in (b"", b"[]", b'{"code": "no_such_code", "values": {}}', b'{"code": 1}'):
        (folder.path / FAILED).write_bytes(damage)
        assert folder.failure() is None
    folder.try_again()
    assert not (folder.path / FAILED).exists()


def test_it_is_wanted_until_it_is_not(folder: Folder) -> None:
    assert not folder.wanted
    folder.want(True)
    assert folder.wanted
    folder.want(False)
    folder.want(False)
    assert not folder.wanted
    assert folder.size() > 50_000
    folder.remove()
    assert not folder.path.exists()
    folder.remove()
